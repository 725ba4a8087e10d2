import Insight
package import Trace

extension Timeline {
  /// What a handle does when it runs, without an article: `first step of main()`.
  package func words(for id: HandleID) -> String {
    guard let handle = handle(id) else { return "handle \(id.rawValue)" }
    let phrase = phrase(handle)
    return phrase.hasPrefix("the ") ? String(phrase.dropFirst(4)) : phrase
  }

  /// What a timer is for: it stands below its deadline, so `main()'s sleep` says that it is over then.
  package func wordsOfTimer(_ id: HandleID) -> String {
    let words = words(for: id)
    let end = "end of "
    return handle(id)?.callback.kind == .setResult && words.hasPrefix(end)
      ? String(words.dropFirst(end.count)) : words
  }

  /// Why a handle is in the ready queue, in a few words.
  package func cause(of id: HandleID) -> String {
    guard let handle = handle(id) else { return "" }
    switch handle.cause.kind {
    case .taskCreated: return "← task created"
    case .yielded: return "← yielded"
    case .futureResolved: return "← \(label(of: handle.cause.future)) is done"
    case .callSoon: return "← call_soon"
    case .external: return "← from outside"
    case .timer: return "← timer"
    }
  }
}
