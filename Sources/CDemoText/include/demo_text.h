#ifndef LOOPSCOPE_DEMO_TEXT_H
#define LOOPSCOPE_DEMO_TEXT_H
#include <stddef.h>

/// The text of a demo's Swift file, kept in the executable so that the source pane opens no path.
///
/// Returns NULL for a file that is no demo; else UTF-8 bytes, and their number in `length`.
const unsigned char *demo_text(const char *file, size_t *length);

#endif
