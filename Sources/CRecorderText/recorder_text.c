#include "recorder_text.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char text[] = {
#embed "../Python/Resources/loopscope_recorder.py"
};

const unsigned char *recorder_text(size_t *length) {
  *length = sizeof text;
  return text;
}
