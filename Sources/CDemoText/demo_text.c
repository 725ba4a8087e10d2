#include "demo_text.h"

#include <string.h>

#pragma clang diagnostic ignored "-Wc23-extensions"

#define DEMOS(DEMO) \
  DEMO(Deferred) DEMO(EnsureFuture) DEMO(EvensOdds) DEMO(Gather) DEMO(Hello) DEMO(NeverAwaited) \
  DEMO(Order) DEMO(Reawait) DEMO(Storm) DEMO(Wait) DEMO(WaitOrdered)

static const unsigned char Deferred[] = {
#embed "../../demos/Deferred.swift"
};
static const unsigned char EnsureFuture[] = {
#embed "../../demos/EnsureFuture.swift"
};
static const unsigned char EvensOdds[] = {
#embed "../../demos/EvensOdds.swift"
};
static const unsigned char Gather[] = {
#embed "../../demos/Gather.swift"
};
static const unsigned char Hello[] = {
#embed "../../demos/Hello.swift"
};
static const unsigned char NeverAwaited[] = {
#embed "../../demos/NeverAwaited.swift"
};
static const unsigned char Order[] = {
#embed "../../demos/Order.swift"
};
static const unsigned char Reawait[] = {
#embed "../../demos/Reawait.swift"
};
static const unsigned char Storm[] = {
#embed "../../demos/Storm.swift"
};
static const unsigned char Wait[] = {
#embed "../../demos/Wait.swift"
};
static const unsigned char WaitOrdered[] = {
#embed "../../demos/WaitOrdered.swift"
};

const unsigned char *demo_text(const char *file, size_t *length) {
#define FIND(NAME) \
  if (strcmp(file, #NAME ".swift") == 0) { \
    *length = sizeof NAME; \
    return NAME; \
  }
  DEMOS(FIND)
  *length = 0;
  return NULL;
}
