import Foundation
import Testing
import Trace

@Suite struct RefusalTests {
  private func refusal(of path: String) -> RecordingError? {
    do throws(RecordingError) {
      _ = try RecordingReader(path: path)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a newer format asks for a newer loopscope`() throws {
    let scratch = try Scratch()
    let path = try scratch.write("{\"loopscope\":3,\"anything\":{}}\n")
    #expect(
      refusal(of: path)?.description
        == "This recording is format 3; this loopscope reads up to 1 (\(path)). Update loopscope.")
  }

  @Test func `what is not a file is refused`() throws {
    let scratch = try Scratch()
    #expect(refusal(of: scratch.file("none")) == .notFound(path: scratch.file("none")))
    #expect(refusal(of: scratch.path) == .isDirectory(path: scratch.path))
    let empty = try scratch.write("")
    #expect(refusal(of: empty) == .empty(path: empty))
    #expect(refusal(of: "/dev/null") == .empty(path: "/dev/null"))
  }

  @Test(arguments: [
    "meow\n", "\n", "[1]\n", "{}\n", "{\"traceEvents\":[]}\n", "{\"loopscope\":1", "\u{0}\u{1}",
    "{\"loopscope\":1}}\n", "{\"loopscope\":1,}\n",
    String(repeating: "[", count: 100_000) + "\n",
    "{\"loopscope\":" + String(repeating: "[", count: 40) + "\n",
  ])
  func `what does not begin like a recording is none`(text: String) throws {
    let scratch = try Scratch()
    let path = try scratch.write(text)
    #expect(refusal(of: path) == .notARecording(path: path))
  }

  @Test func `of a Python script it is said what watches it`() throws {
    let scratch = try Scratch()
    let path = try scratch.write("import asyncio\n", to: "meow.py")
    #expect(
      refusal(of: path).map { "\($0)" }
        == "\(path) is not a recording of loopscope: its first line is not a recording's header. "
        + "`loopscope python \(path)` watches it as a program.")
  }

  @Test(arguments: [
    ("\"loopscope\":0", "\"loopscope\" should be a whole number from 1 on"),
    ("\"loopscope\":\"1\"", "\"loopscope\" should be a whole number from 1 on"),
    ("\"loopscope\":1", "\"clock\" should be \"virtual\" or \"real\""),
    ("\"loopscope\":1,\"clock\":\"lunar\"", "\"clock\" should be \"virtual\" or \"real\""),
    ("\"loopscope\":1,\"clock\":\"real\",\"unit\":\"s\"", "\"unit\" should be \"ns\""),
    (
      "\"loopscope\":1,\"clock\":\"real\",\"program\":\"cats\"",
      "\"program\" should be an array of strings"
    ),
    (
      "\"loopscope\":1,\"clock\":\"real\",\"program\":[1]",
      "\"program\" should be an array of strings"
    ),
    (
      "\"loopscope\":1,\"clock\":\"real\",\"program\":[]", "\"runtime\" should be a string"
    ),
    (
      "\"loopscope\":1,\"clock\":\"real\",\"program\":[],\"runtime\":\"\",\"seed\":-1",
      "\"seed\" should be a whole number from 0 to 2^64 - 1"
    ),
    (
      "\"loopscope\":1,\"clock\":\"real\",\"program\":[],\"runtime\":\"\",\"chances\":-1",
      "\"chances\" should be a whole number from 0 to 2^63 - 1"
    ),
    (
      "\"loopscope\":1,\"clock\":\"real\",\"program\":[],\"runtime\":\"\","
        + "\"chances\":9223372036854775808",
      "\"chances\" should be a whole number from 0 to 2^63 - 1"
    ),
    (
      "\"loopscope\":1,\"clock\":\"real\",\"program\":[],\"runtime\":\"\",\"process\":\"1\"",
      "\"process\" should be a whole number from 0 to 2^63 - 1"
    ),
    (
      "\"loopscope\":1,\"clock\":\"real\",\"program\":[],\"runtime\":\"\",\"sources\":[{}]",
      "\"sources\" should be an array of objects with a \"name\" and a \"text\""
    ),
  ])
  func `a header that is wrong is refused for its reason`(members: String, why: String) throws {
    let scratch = try Scratch()
    let path = try scratch.write("{\(members)}\n")
    #expect(refusal(of: path) == .badHeader(path: path, why: why))
    #expect(
      refusal(of: path)?.description
        == "The header of \(path) cannot be used: \(why). Record the run again.")
  }

  @Test func `keys that are not known are passed over`() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      "{\"later\":[true,false,null,{\"a\":-1.5e+3}], \"loopscope\": 1, \"clock\": \"real\", "
        + "\"program\": [], \"runtime\": \"\"}")
    #expect(refusal(of: path) == nil)
    #expect(try Contents(of: path).end == .complete)
  }
}
