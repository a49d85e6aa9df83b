package roster

import (
	"bytes"
	"io"
)

// markupKind tells apart what markup.next returns.
type markupKind uint8

const (
	markupText markupKind = iota
	markupStart
	markupEnd
	markupEmpty // <name/>: start and end in one
)

// markup cuts the XML of a spreadsheet part into tags and text as it streams by. encoding/xml
// spends several times as long on namespaces and allocations that a sheet of millions of cells
// has no use for. Names come without their prefix. DOCTYPE is refused: entities are not expanded.
// Whatever next leaves in name, attributes and text is valid until it is called again.
type markup struct {
	reader     io.Reader
	buffer     []byte
	start, end int
	drained    bool
	consumed   int64

	name, attributes, text []byte
}

// A tag or a text longer than this is no spreadsheet's.
const markupTokenBytes = 1 << 20

func newMarkup(reader io.Reader) *markup {
	return &markup{reader: reader, buffer: make([]byte, 64<<10)}
}

// fill reads on, keeping what is not yet consumed.
func (m *markup) fill() error {
	if m.drained {
		return io.EOF
	}
	if m.start > 0 {
		copy(m.buffer, m.buffer[m.start:m.end])
		m.consumed += int64(m.start)
		m.end -= m.start
		m.start = 0
	}
	if m.end == len(m.buffer) {
		if len(m.buffer) >= markupTokenBytes {
			return refuseDamaged()
		}
		larger := make([]byte, 2*len(m.buffer))
		copy(larger, m.buffer[:m.end])
		m.buffer = larger
	}
	for tries := 0; tries < 100; tries++ {
		count, err := m.reader.Read(m.buffer[m.end:])
		m.end += count
		if err == io.EOF {
			m.drained = true
			if count == 0 {
				return io.EOF
			}
			return nil
		}
		if err != nil {
			return refuseDamaged()
		}
		if count > 0 {
			return nil
		}
	}
	return refuseDamaged()
}

// upTo returns the bytes before the pattern and consumes both; io.EOF if it never comes.
func (m *markup) upTo(pattern string) ([]byte, error) {
	searched := 0
	for {
		window := m.buffer[m.start+searched : m.end]
		if at := bytes.Index(window, []byte(pattern)); at >= 0 {
			found := m.buffer[m.start : m.start+searched+at]
			m.start += searched + at + len(pattern)
			return found, nil
		}
		searched = max(0, m.end-m.start-len(pattern)+1)
		if err := m.fill(); err != nil {
			return nil, err
		}
	}
}

// next returns the next tag or text; io.EOF at the end. Comments and instructions are passed over.
func (m *markup) next() (markupKind, error) {
	for {
		for m.start == m.end {
			if err := m.fill(); err != nil {
				return 0, err
			}
		}
		if m.buffer[m.start] != '<' {
			return m.nextText()
		}
		for m.end-m.start < 9 && !m.drained {
			if err := m.fill(); err != nil && err != io.EOF {
				return 0, err
			}
		}
		head := m.buffer[m.start:m.end]
		switch {
		case bytes.HasPrefix(head, []byte("<!--")):
			m.start += 4
			if err := m.skip("-->"); err != nil {
				return 0, err
			}
		case bytes.HasPrefix(head, []byte("<![CDATA[")):
			m.start += 9
			text, err := m.upTo("]]>")
			if err != nil {
				return 0, damagedAtEnd(err)
			}
			// Character data is literal; the caller decodes, so it is encoded again.
			m.text = bytes.ReplaceAll(text, []byte("&"), []byte("&amp;"))
			return markupText, nil
		case bytes.HasPrefix(head, []byte("<?")):
			if err := m.skip("?>"); err != nil {
				return 0, err
			}
		case bytes.HasPrefix(head, []byte("<!")):
			return 0, refuseDamaged()
		default:
			return m.nextTag()
		}
	}
}

// skip passes over everything up to the pattern, however long.
func (m *markup) skip(pattern string) error {
	for {
		if at := bytes.Index(m.buffer[m.start:m.end], []byte(pattern)); at >= 0 {
			m.start += at + len(pattern)
			return nil
		}
		m.start = max(m.start, m.end-len(pattern)+1)
		if err := m.fill(); err != nil {
			return damagedAtEnd(err)
		}
	}
}

func (m *markup) nextText() (markupKind, error) {
	searched := 0
	for {
		if at := bytes.IndexByte(m.buffer[m.start+searched:m.end], '<'); at >= 0 {
			m.text = m.buffer[m.start : m.start+searched+at]
			m.start += searched + at
			return markupText, nil
		}
		searched = m.end - m.start
		if err := m.fill(); err == io.EOF {
			m.text = m.buffer[m.start:m.end]
			m.start = m.end
			return markupText, nil
		} else if err != nil {
			return 0, err
		}
	}
}

func (m *markup) nextTag() (markupKind, error) {
	at, quote := 1, byte(0)
	for {
		window := m.buffer[m.start:m.end]
		for ; at < len(window); at++ {
			switch b := window[at]; {
			case quote != 0:
				if b == quote {
					quote = 0
				}
			case b == '"' || b == '\'':
				quote = b
			case b == '>':
				m.start += at + 1
				return m.setTag(window[1:at])
			}
		}
		if err := m.fill(); err != nil {
			return 0, damagedAtEnd(err)
		}
	}
}

func (m *markup) setTag(inside []byte) (markupKind, error) {
	kind := markupStart
	if len(inside) > 0 && inside[0] == '/' {
		kind, inside = markupEnd, inside[1:]
	} else if len(inside) > 0 && inside[len(inside)-1] == '/' {
		kind, inside = markupEmpty, inside[:len(inside)-1]
	}
	length := 0
	for length < len(inside) && inside[length] > ' ' {
		length++
	}
	if length == 0 {
		return 0, refuseDamaged()
	}
	m.name, m.attributes = localName(inside[:length]), inside[length:]
	return kind, nil
}

func localName(name []byte) []byte {
	if colon := bytes.IndexByte(name, ':'); colon >= 0 {
		return name[colon+1:]
	}
	return name
}

// attribute returns the raw value of the attribute with this local name; nil if there is none.
func (m *markup) attribute(name string) []byte {
	rest := m.attributes
	for {
		equals := bytes.IndexByte(rest, '=')
		if equals < 0 {
			return nil
		}
		key := localName(bytes.TrimSpace(rest[:equals]))
		rest = bytes.TrimLeft(rest[equals+1:], " \t\r\n")
		if len(rest) == 0 {
			return nil
		}
		closing := bytes.IndexByte(rest[1:], rest[0])
		if closing < 0 {
			return nil
		}
		if string(key) == name {
			return rest[1 : 1+closing]
		}
		rest = rest[closing+2:]
	}
}

// Inside an element, the end of the file is damage.
func damagedAtEnd(err error) error {
	if err == io.EOF {
		return refuseDamaged()
	}
	return err
}
