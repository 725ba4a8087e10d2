import Testing
import Trace

@Suite struct RecorderTests {
  @Test func `facts come out once, in order, each at the time it was recorded`() {
    let recorder = Recorder(capacity: 2)
    recorder.record(.tickBegan(1))
    recorder.time = 5
    recorder.record(.handleBegan(HandleID(1)))
    recorder.record(.handleEnded(HandleID(1)))
    #expect(recorder.pendingCount == 3)
    #expect(
      recorder.drain().events == [
        Event(time: 0, fact: .tickBegan(1)),
        Event(time: 5, fact: .handleBegan(HandleID(1))),
        Event(time: 5, fact: .handleEnded(HandleID(1))),
      ])
    #expect(recorder.pendingCount == 0)
    #expect(recorder.drain().isEmpty)
  }

  @Test func `a batch already handed out does not change with what comes later`() {
    let recorder = Recorder()
    recorder.record(.tickBegan(1))
    let first = recorder.drain()
    recorder.record(.tickBegan(2))
    #expect(first.events == [Event(time: 0, fact: .tickBegan(1))])
  }

  @Test func `a name has one identity, and each output one of its own`() {
    let recorder = Recorder()
    let cat = recorder.intern("cat")
    #expect(recorder.intern("cat") == cat)
    #expect(recorder.intern("") == .empty)
    let first = recorder.append(text: "meow\n")
    #expect(recorder.append(text: "meow\n") != first)
    #expect(recorder.drain().texts == ["cat", "meow\n", "meow\n"])
    #expect(recorder.intern("dog") == TextID(4))
    #expect(recorder.drain().texts == ["dog"])
  }

  @Test func `an event is 32 bytes`() {
    #expect(MemoryLayout<Event>.stride == 32)
  }
}
