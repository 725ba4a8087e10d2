// Lists of any length, of which only the rows that can be seen exist.

/** Sets what an element says, where it says something else. Text only: nothing here is ever markup. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function element(name, className, parent) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (parent) parent.append(made);
  return made;
}

const byID = id => document.getElementById(id);

class Rows {
  /**
   * @param list the element that scrolls
   * @param role of a row
   * @param parts the classes of the pieces of a row
   * @param fill called with a row, its pieces by class, and its place in the list
   */
  constructor(list, role, parts, fill) {
    this.list = list;
    this.role = role;
    this.parts = parts;
    this.fill = fill;
    this.count = 0;
    this.rows = [];
    this.space = element("div", "space", list);
    this.space.setAttribute("role", "presentation");
    this.seen = element("div", "seen", this.space);
    this.seen.setAttribute("role", "presentation");
    this.nothing = element("div", "nothing", this.seen);
  }

  get height() { return this.list.clientHeight; }

  /** The height of a row, which the style says: it depends on the width of the screen. */
  measure() {
    this.rowHeight = parseInt(getComputedStyle(this.list).getPropertyValue("--row"), 10) || 20;
  }

  setCount(count, nothing) {
    this.count = count;
    say(this.nothing, count === 0 ? nothing : "");
  }

  /** Scrolls so that a row is seen: no further than it must, or so that it stands in the middle. */
  reveal(row, isCentred) {
    if (row < 0) return;
    const top = row * this.rowHeight;
    const offset = top - this.list.scrollTop;
    if (offset >= 0 && offset + this.rowHeight <= this.height) return;
    this.layOut();
    const fitting = Math.max(1, Math.floor(this.height / this.rowHeight));
    const first = isCentred ? row - (fitting >> 1)
      : offset < 0 ? row : row - fitting + 1;
    this.list.scrollTop = Math.max(0, first) * this.rowHeight;
  }

  layOut() {
    // What is left of the last row's height lies below the list, so that its first row is whole.
    const rest = this.count * this.rowHeight > this.height ? this.height % this.rowHeight : 0;
    this.space.style.height = `${this.count * this.rowHeight + rest}px`;
    this.seen.style.height = `${this.height}px`;
  }

  draw() {
    this.layOut();
    const top = this.list.scrollTop;
    const first = Math.floor(top / this.rowHeight);
    const fitting = Math.ceil(this.height / this.rowHeight) + 1;
    const shown = Math.max(0, Math.min(fitting, this.count - first));
    while (this.rows.length < shown) this.rows.push(this.makeRow());
    for (let i = 0; i < this.rows.length; i++) {
      const { row, pieces } = this.rows[i];
      row.hidden = i >= shown;
      if (i >= shown) continue;
      row.style.top = `${(first + i) * this.rowHeight - top}px`;
      row.className = "row";
      row.setAttribute("aria-posinset", first + i + 1);
      row.setAttribute("aria-setsize", this.count);
      this.fill(row, pieces, first + i);
    }
    this.drawBeside?.(first, shown, top);
  }

  makeRow() {
    const row = element("div", "row", this.seen);
    row.setAttribute("role", this.role);
    row.id = `${this.list.id}-${this.rows.length}`;
    const pieces = {};
    for (const part of this.parts) pieces[part] = element("span", part, row);
    return { row, pieces };
  }
}
