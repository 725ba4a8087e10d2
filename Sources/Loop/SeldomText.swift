/// A text that most objects of a kind never have: none takes 8 bytes, where a `String?` takes 16.
@propertyWrapper
struct SeldomText {
  private final class Box {
    let text: String

    init(_ text: String) { self.text = text }
  }

  private var box: Box?

  init(wrappedValue: String?) { box = wrappedValue.map(Box.init) }

  var wrappedValue: String? {
    get { box?.text }
    set { box = newValue.map(Box.init) }
  }
}
