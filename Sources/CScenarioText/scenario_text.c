#include "scenario_text.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char text[] = {
#embed "../Scenario/Resources/run_scenarios.py"
};

const unsigned char *scenario_text(size_t *length) {
  *length = sizeof text;
  return text;
}
