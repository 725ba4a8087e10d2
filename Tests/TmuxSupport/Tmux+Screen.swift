extension Tmux {
  /// The rows of the screen as text, without trailing blanks.
  ///
  /// - Parameters:
  ///   - isStyled: with the control sequences of colours and attributes.
  ///   - hasHistory: with what has scrolled off the top.
  package func screen(isStyled: Bool = false, hasHistory: Bool = false) throws -> [String] {
    let captured = try tmux(
      ["capture-pane", "-p"] + (isStyled ? ["-e"] : []) + (hasHistory ? ["-S", "-"] : []))
    guard captured.status == 0 else {
      throw TmuxFailure("the terminal is gone: \(captured.output)")
    }
    var rows = captured.output.split(separator: "\n", omittingEmptySubsequences: false)
    if rows.last?.isEmpty == true { rows.removeLast() }
    return rows.map(String.init)
  }

  /// Waits until the screen shows a text and stands still.
  ///
  /// - Returns: the screen.
  /// - Throws: a ``TmuxFailure`` with the screen after ten seconds.
  @discardableResult
  package func wait(for text: String) async throws -> [String] {
    try await wait(for: "\"\(text)\"") { $0.contains { $0.contains(text) } }
  }

  /// Waits until the screen fulfils a condition and stands still: two pictures, 15 ms apart, are
  /// equal, so that none is taken in the middle of being drawn. On a busy machine a program may be
  /// kept from going on with a picture for longer than that: where it is seen to be at work, it is
  /// given time to finish.
  ///
  /// - Parameter what: the condition in words, for the failure's sentence.
  @discardableResult
  package func wait(
    for what: String, until isMet: ([String]) throws -> Bool
  ) async throws -> [String] {
    let clock = ContinuousClock()
    let limit = clock.now + .seconds(10)
    var screen: [String] = []
    var looks = 0
    var patience = 50
    // Tests that compute for seconds may keep this one from looking at all: that is no failure.
    while clock.now < limit || looks < 300 {
      looks += 1
      screen = try self.screen()
      if try isMet(screen) {
        try await clock.sleep(for: .milliseconds(15))
        if !isAtRest, patience > 0 {
          patience -= 1
        } else if try self.screen() == screen {
          return screen
        }
      } else {
        try await clock.sleep(for: .milliseconds(10))
      }
    }
    throw TmuxFailure(
      "waited ten seconds for \(what) and saw\n" + screen.map { "|" + $0 }.joined(separator: "\n"))
  }

  /// How the program ended, as a shell counts: 128 is added to a signal. Waits for it.
  package func exitStatus() async throws -> Int32 {
    var status: Int32?
    try await wait(for: "the program's end") { screen in
      status =
        screen.lazy.compactMap { row -> Int32? in
          guard let start = row.firstRange(of: "EXIT="), row.hasSuffix(".") else { return nil }
          return Int32(row[start.upperBound...].dropLast())
        }.first
      return status != nil
    }
    return status ?? -1
  }

  /// What the program writes to the terminal while something is done.
  package func bytesSent(while body: () async throws -> Void) async throws -> String {
    let file = directory + "/sent"
    try tmux("pipe-pane", "cat >\(file); echo END >\(file).end")
    try await body()
    // Without a command it ends the pipe.
    try tmux("pipe-pane")
    try await wait(for: "the pipe's end") { _ in try run(["test", "-s", file + ".end"]).status == 0
    }
    let sent = try run(["cat", file]).output
    try run(["rm", file, file + ".end"])
    return sent
  }
}
