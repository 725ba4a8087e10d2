import ArgumentParser

/// What the parser of the command line has to say, as one sentence: what, where, what to do.
struct WrongUsage {
  private let error: any Error

  init(_ error: any Error) { self.error = error }

  var sentence: String {
    // A list of values comes one a line.
    let lines = Loopscope.message(for: error).split(separator: "\n")
    let values = lines.dropFirst().map { $0.drop { $0 == " " || $0 == "-" } }
    var text = String(lines.first ?? "")
    if !values.isEmpty { text += " " + values.joined(separator: ", ") + "." }
    // Our own sentences are whole.
    return text.hasSuffix(".") ? text : "\(text). `\(command) --help` tells how."
  }

  /// The command whose usage the parser would print.
  private var command: String {
    let last = Loopscope.fullMessage(for: error).split(separator: "\n").last ?? ""
    guard let name = last.firstMatch(of: /See '(.+) --help'/)?.1 else { return "loopscope" }
    // The menu is what runs where no command is named.
    return name == "loopscope menu" ? "loopscope" : String(name)
  }
}
