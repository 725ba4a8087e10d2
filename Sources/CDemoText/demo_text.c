#include "demo_text.h"

#include <string.h>

#pragma clang diagnostic ignored "-Wc23-extensions"

#define DEMOS(DEMO) \
  DEMO(AsCompleted) DEMO(Barrier) DEMO(Blocking) DEMO(Cancel) DEMO(Condition) DEMO(Deadlock) \
  DEMO(Deferred) DEMO(Eager) DEMO(EnsureFuture) DEMO(EvensOdds) DEMO(ExceptionInGather) \
  DEMO(Gather) DEMO(Hello) DEMO(Lock) DEMO(NeverAwaited) DEMO(NeverRetrieved) DEMO(Order) \
  DEMO(ProducerConsumer) DEMO(Reawait) DEMO(Semaphore) DEMO(Shield) DEMO(Starvation) DEMO(Storm) \
  DEMO(TaskGroup) DEMO(Timeout) DEMO(Wait) DEMO(WaitOrdered)

static const unsigned char AsCompleted[] = {
#embed "../../demos/AsCompleted.swift"
};
static const unsigned char Barrier[] = {
#embed "../../demos/Barrier.swift"
};
static const unsigned char Blocking[] = {
#embed "../../demos/Blocking.swift"
};
static const unsigned char Cancel[] = {
#embed "../../demos/Cancel.swift"
};
static const unsigned char Condition[] = {
#embed "../../demos/Condition.swift"
};
static const unsigned char Deadlock[] = {
#embed "../../demos/Deadlock.swift"
};
static const unsigned char Deferred[] = {
#embed "../../demos/Deferred.swift"
};
static const unsigned char Eager[] = {
#embed "../../demos/Eager.swift"
};
static const unsigned char EnsureFuture[] = {
#embed "../../demos/EnsureFuture.swift"
};
static const unsigned char EvensOdds[] = {
#embed "../../demos/EvensOdds.swift"
};
static const unsigned char ExceptionInGather[] = {
#embed "../../demos/ExceptionInGather.swift"
};
static const unsigned char Gather[] = {
#embed "../../demos/Gather.swift"
};
static const unsigned char Hello[] = {
#embed "../../demos/Hello.swift"
};
static const unsigned char Lock[] = {
#embed "../../demos/Lock.swift"
};
static const unsigned char NeverAwaited[] = {
#embed "../../demos/NeverAwaited.swift"
};
static const unsigned char NeverRetrieved[] = {
#embed "../../demos/NeverRetrieved.swift"
};
static const unsigned char Order[] = {
#embed "../../demos/Order.swift"
};
static const unsigned char ProducerConsumer[] = {
#embed "../../demos/ProducerConsumer.swift"
};
static const unsigned char Reawait[] = {
#embed "../../demos/Reawait.swift"
};
static const unsigned char Semaphore[] = {
#embed "../../demos/Semaphore.swift"
};
static const unsigned char Shield[] = {
#embed "../../demos/Shield.swift"
};
static const unsigned char Starvation[] = {
#embed "../../demos/Starvation.swift"
};
static const unsigned char Storm[] = {
#embed "../../demos/Storm.swift"
};
static const unsigned char TaskGroup[] = {
#embed "../../demos/TaskGroup.swift"
};
static const unsigned char Timeout[] = {
#embed "../../demos/Timeout.swift"
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
