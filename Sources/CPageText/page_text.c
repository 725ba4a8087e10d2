#include "page_text.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char html[] = {
#embed "../Export/Page/page.html"
};

static const unsigned char css[] = {
#embed "../Export/Page/page.css"
};

// One script, in the order of the sections' numbers.
static const unsigned char js[] = {
#embed "../Export/Page/10_run.js" suffix(,)
#embed "../Export/Page/11_texts.js" suffix(,)
#embed "../Export/Page/12_loop.js" suffix(,)
#embed "../Export/Page/20_view.js" suffix(,)
#embed "../Export/Page/21_axis.js" suffix(,)
#embed "../Export/Page/22_lane_list.js" suffix(,)
#embed "../Export/Page/30_rows.js" suffix(,)
#embed "../Export/Page/31_bars.js" suffix(,)
#embed "../Export/Page/32_lanes.js" suffix(,)
#embed "../Export/Page/33_panes.js" suffix(,)
#embed "../Export/Page/34_why.js" suffix(,)
#embed "../Export/Page/35_loop.js" suffix(,)
#embed "../Export/Page/36_path.js" suffix(,)
#embed "../Export/Page/40_keys.js" suffix(,)
#embed "../Export/Page/50_start.js" suffix(,)
};

const unsigned char *page_html(size_t *length) {
  *length = sizeof html;
  return html;
}

const unsigned char *page_css(size_t *length) {
  *length = sizeof css;
  return css;
}

const unsigned char *page_js(size_t *length) {
  *length = sizeof js;
  return js;
}
