#ifndef LOOPSCOPE_PAGE_TEXT_H
#define LOOPSCOPE_PAGE_TEXT_H
#include <stddef.h>

/// The page that an exported run is shown with, kept in the executable: its frame, its style and its
/// script, joined from its sections. UTF-8 bytes, and their number in `length`.
const unsigned char *page_html(size_t *length);
const unsigned char *page_css(size_t *length);
const unsigned char *page_js(size_t *length);

#endif
