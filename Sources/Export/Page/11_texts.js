// The texts of the run. Most differ from others in numbers alone: each is kept as a template, which
// has marks in their places, and the numbers. See PageStrings.

class Texts {
  constructor(templates, texts) {
    this.templates = templates.map(template => template.split("\u0004"));
    const newest = this.templates.map(pieces => new Array(pieces.length - 1).fill(0));
    this.templateOf = [];
    this.firstNumber = [];
    this.numbers = [];
    for (let i = 0; i < texts.length;) {
      const template = texts[i++];
      const numbers = newest[template];
      this.templateOf.push(template);
      this.firstNumber.push(this.numbers.length);
      for (let n = 0; n < numbers.length; n++) this.numbers.push(numbers[n] += texts[i++]);
    }
  }

  at(place) {
    const pieces = this.templates[this.templateOf[place]];
    let next = this.firstNumber[place];
    let text = pieces[0];
    for (let i = 1; i < pieces.length; i++) text += this.numbers[next++] + pieces[i];
    return text;
  }
}
