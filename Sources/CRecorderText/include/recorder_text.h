#ifndef LOOPSCOPE_RECORDER_TEXT_H
#define LOOPSCOPE_RECORDER_TEXT_H
#include <stddef.h>

/// The recorder for Python programs, kept in the executable so that nothing has to be installed.
///
/// Returns UTF-8 bytes, and their number in `length`.
const unsigned char *recorder_text(size_t *length);

#endif
