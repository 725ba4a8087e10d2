#ifndef LOOPSCOPE_CZLIB_SHIM_H
#define LOOPSCOPE_CZLIB_SHIM_H
#include <zlib.h>
#endif
