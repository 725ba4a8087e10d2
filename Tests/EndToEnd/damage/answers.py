"""What must hold of whatever a command answers, however damaged the recording is."""

import csv
import html.parser
import io
import json
import re
import xml.etree.ElementTree

# What could steer a terminal, or turn the direction of writing.
UNSAFE = re.compile('[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200e\u200f\u061c]')
SVG_TAGS = set('svg style g rect path text tspan title line defs clipPath desc'.split())
FORMULA = tuple('=+-@\t\r')


class Page(html.parser.HTMLParser):
    """The elements of a page, and the data in it."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.data, self.is_in_data = [], '', False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, sorted(name for name, _ in attributes)))
        self.is_in_data = ('type', 'application/json') in attributes

    def handle_endtag(self, tag):
        self.is_in_data = False

    def handle_data(self, data):
        if self.is_in_data:
            self.data += data


def problems(form, output, errors, page):
    """Sentences about what is wrong with an answer.

    `form` is what the output is in: text, or a format of `export`; `page` is what a page has for
    elements, whatever the run says.
    """
    for name, data in (('stdout', output), ('stderr', errors)):
        try:
            text = data.decode('utf-8')
        except UnicodeDecodeError as error:
            yield '%s is not UTF-8: %s' % (name, error)
            return
        found = UNSAFE.search(text)
        if found:
            yield '%s has %r: %r' % (name, found[0], text[max(0, found.start() - 40):][:80])
    if output:
        try:
            yield from CHECKS[form](output.decode('utf-8'), page)
        except Exception as error:
            yield 'no %s: %s: %s' % (form, type(error).__name__, str(error)[:200])


def text(output, page):
    yield from ()


def json_object(output, page):
    json.loads(output)
    yield from ()


def film(output, page):
    for line in output.splitlines():
        json.loads(line)
    yield from ()


def picture(output, page):
    for element in xml.etree.ElementTree.fromstring(output).iter():
        tag = element.tag.split('}')[1]
        if tag not in SVG_TAGS:
            yield 'an element %s' % tag
        for name, value in element.attrib.items():
            if name.startswith('on') or 'script:' in value:
                yield 'an attribute %s=%r' % (name, value)
            if name in ('width', 'height') and not 0 <= float(value) < 1e6:
                yield 'a %s of %s' % (name, value)


def table(output, page):
    for row in csv.reader(io.StringIO(output, newline=''), strict=True):
        if len(row) != 8:
            yield 'a row of %d cells' % len(row)
        for cell in row[6:]:
            if cell.startswith(FORMULA):
                yield 'a formula: %r' % cell[:80]


def stacks(output, page):
    for line in output.splitlines():
        if not re.fullmatch(r'.+\) \d+', line):
            yield 'no stack and number: %r' % line[:80]


def web_page(output, page):
    found = Page(output)
    json.loads(found.data)
    if found.elements != page:
        yield 'other elements than any page has'


CHECKS = {'text': text, 'json': json_object, 'chrome': json_object, 'asciicast': film,
          'svg': picture, 'csv': table, 'html': web_page,
          'folded': stacks}
