import Loop
import Trace
let loop = EventLoop(clock: .virtual)
