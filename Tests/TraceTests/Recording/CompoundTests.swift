import Foundation
import Testing
import Trace

/// Lines that tell several events at once.
@Suite struct CompoundTests {
  private func contents(_ lines: String) throws -> Contents {
    let scratch = try Scratch()
    return try Contents(of: scratch.write(headerLine + "[\"lt\",5,1]\n" + lines))
  }

  @Test(arguments: [
    (
      "[\"hy\",7,1,2,9,3,4]\n",
      "[\"hb\",0,1]\n[\"cr\",0,2]\n[\"hs\",7,3,\"step\",4,\"yielded\"]\n"
        + "[\"cw\",0,2,9,\"yield\"]\n[\"he\",0]\n"
    ),
    (
      "[\"hy\",7,1,2,9,3,4]\n[\"hz\",8,3,5]\n[\"hz\",9,5,6]\n",
      "[\"hy\",7,1,2,9,3,4]\n[\"hy\",8,3,2,9,5,4]\n[\"hy\",9,5,2,9,6,4]\n"
    ),
    (
      "[\"th\",7,4,2,5,1,3]\n",
      "[\"tn\",7,4,2,5,1]\n[\"hs\",0,3,\"step\",4,\"created\"]\n"
    ),
    (
      "[\"tl\",7,4,5,1,6,7,8]\n[\"tw\",1,4]\n[\"te\",2,4]\n",
      "[\"cn\",7,4,6,1,7,8]\n[\"tn\",0,4,4,5,1]\n[\"cs\",1,4]\n[\"cw\",0,4,0,\"unknown\"]\n"
        + "[\"cv\",2,4]\n[\"fd\",0,4,\"result\"]\n"
    ),
    (
      "[\"tl\",7,4,5]\n",
      "[\"cn\",7,4,0]\n[\"tn\",0,4,4,5]\n"
    ),
    (
      "[\"hr\",7,1,2,3,4]\n",
      "[\"hb\",0,1]\n[\"fd\",7,2,\"result\"]\n[\"hs\",0,3,\"wakeup\",4,\"resolved\",2]\n[\"he\",0]\n"
    ),
    (
      "[\"hw\",7,1,2,9,\"io\",3]\n",
      "[\"hb\",0,1]\n[\"cr\",0,2]\n[\"cw\",7,2,9,\"io\",3]\n[\"he\",0]\n"
    ),
    (
      "[\"hw\",7,1,2,9,\"queue_get\",3,5,6]\n",
      "[\"hb\",0,1]\n[\"cr\",0,2]\n[\"fn\",7,3,5,6]\n[\"cw\",0,2,9,\"queue_get\",3]\n[\"he\",0]\n"
    ),
    (
      "[\"hw\",7,1,2,9,\"io\",3,5]\n[\"hr\",7,4,3,5,6]\n[\"ha\",8,5,7]\n",
      "[\"hw\",7,1,2,9,\"io\",3,5]\n[\"hr\",7,4,3,5,6]\n[\"hw\",8,5,2,9,\"io\",7,5]\n"
    ),
    (
      "[\"hw\",7,1,2,9,\"io\",3,5]\n[\"fd\",1,3,\"cancelled\"]\n"
        + "[\"hs\",0,5,\"wakeup\",6,\"resolved\",3]\n[\"ha\",8,5,7]\n",
      "[\"hw\",7,1,2,9,\"io\",3,5]\n[\"fd\",1,3,\"cancelled\"]\n"
        + "[\"hs\",0,5,\"wakeup\",6,\"resolved\",3]\n[\"hw\",8,5,2,9,\"io\",7,5]\n"
    ),
    (
      "[\"hw\",7,1,2,9,\"io\",3,5]\n[\"hs\",0,4,\"function\",6,\"resolved\",3]\n"
        + "[\"hs\",0,5,\"wakeup\",6,\"resolved\",3]\n[\"ha\",8,5,7]\n",
      "[\"hw\",7,1,2,9,\"io\",3,5]\n[\"hs\",0,4,\"function\",6,\"resolved\",3]\n"
        + "[\"hs\",0,5,\"wakeup\",6,\"resolved\",3]\n[\"hw\",8,5,2,9,\"io\",7,5]\n"
    ),
    (
      "[\"hd\",7,1]\n",
      "[\"hb\",0,1]\n[\"he\",7]\n"
    ),
    (
      "[\"hx\",7,11,5,2]\n",
      "[\"hs\",7,11,\"function\",5,\"external\"]\n[\"hs\",0,12,\"function\",5,\"external\"]\n"
    ),
    (
      "[\"cb\",7,2,5,1,6,30,40]\n",
      "[\"cn\",7,2,5,1,6,30]\n[\"ca\",0,1,2,40]\n[\"cs\",0,2]\n"
    ),
  ])
  func `a compound line is read as the events that it stands for`(line: String, lines: String)
    throws
  {
    let compound = try contents(line + "[\"he\",1]\n")
    #expect(compound == (try contents(lines + "[\"he\",1]\n")))
    #expect(compound.end == .complete)
    #expect(compound.events.count > 3)
  }

  @Test(arguments: [
    "[\"hy\",7,1,2,9,3]", "[\"hy\",7,1,2,9,3,-4]", "[\"hy\",7,1,2,\"x\",3,4]", "[\"hy\",7,1]",
    "[\"hr\",7,1,2,3]", "[\"hr\",7,1,2,3,4000000000]", "[\"hw\",7,1,2,9,\"io\"]",
    "[\"hw\",7,1,2,9,3,4]", "[\"hx\",7,1,2]", "[\"hx\",7,1,2,65]", "[\"hx\",7,1,2,-1]",
    "[\"hx\",7,4294967295,2,2]", "[\"hx\",7,1100,2,64]", "[\"cb\",7,1,2,3,4,5]",
    "[\"hy\",7,1,2,9,3,4", "[\"hz\",7,1,2]", "[\"hz\",7,1]", "[\"th\",7,4,2,5,1]",
    "[\"hd\",7]", "[\"ha\",7,1,2]", "[\"ha\",7,1]",
    "[\"tl\",7,4]", "[\"tl\",7,4,\"x\"]", "[\"tw\",7]", "[\"te\",7,4000000000]",
  ])
  func `one that makes no sense ends the reading`(line: String) throws {
    let contents = try contents(line + "\n[\"lt\",0,2]\n")
    #expect(contents.events == [Event(time: 5, fact: .tickBegan(1))])
    guard case .damaged(line: 3, _) = contents.end else {
      Issue.record("\(String(describing: contents.end))")
      return
    }
  }

  @Test func `a step can be repeated once, and only by the handle that was to do it`() throws {
    let turn = "[\"hy\",7,1,2,9,3,4]\n"
    let wait = "[\"hw\",7,1,2,9,\"io\",3,5]\n"
    let woken = wait + "[\"hr\",7,4,3,5,6]\n"
    for repeated in [
      turn + "[\"hz\",8,1,5]", turn + "[\"hz\",8,3,5]\n[\"hz\",8,3,6]",
      turn + "[\"hb\",0,3]\n[\"he\",0]\n[\"hz\",8,3,5]", turn + "[\"ha\",8,3,5]",
      wait + "[\"ha\",8,5,7]", woken + "[\"ha\",8,4,7]", woken + "[\"hz\",8,5,7]",
      woken + "[\"ha\",8,5,7]\n[\"ha\",8,5,7]", woken + "[\"hd\",0,5]\n[\"ha\",8,5,7]",
    ] {
      let contents = try contents("\(repeated)\n")
      guard case .damaged(_, why: "it repeats a step that no line told of") = contents.end else {
        Issue.record("\(String(describing: contents.end))")
        continue
      }
    }
  }

  @Test func `the handles of one line count as lines where identities are limited`() throws {
    let lines = (0..<40).map { "[\"hx\",1,\(1 + $0 * 64),0,64]\n" }.joined()
    let contents = try contents(lines)
    #expect(contents.end == .complete)
    #expect(contents.events.count == 1 + 40 * 64)
  }

  @Test func `they arrive in pieces as well`() throws {
    var stream = RecordingStream(name: "run")
    for byte in (headerLine + "[\"hy\",7,1,2,9,3,4]\n").utf8 {
      withUnsafeBytes(of: byte) { stream.take($0) }
    }
    #expect(stream.damage == nil)
    #expect(stream.drain().events.count == 5)
  }
}
