package roster

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var (
	markUTF8    = []byte{0xef, 0xbb, 0xbf}
	markUTF16LE = []byte{0xff, 0xfe}
	markUTF16BE = []byte{0xfe, 0xff}
	markGB18030 = []byte{0x84, 0x31, 0x95, 0x33}
)

// openText recognises the encoding of a CSV: by its mark, else UTF-8 if all of it is valid, else
// GB18030. A UTF-8 mark in front of GB18030 text occurs and is believed only if true.
func openText(file io.ReaderAt, size int64, head []byte) (*source, error) {
	section := func(from int) io.Reader {
		return bufio.NewReaderSize(io.NewSectionReader(file, int64(from), size-int64(from)), 64<<10)
	}
	var format string
	var decoder *encoding.Decoder
	skip := 0
	switch {
	case bytes.HasPrefix(head, markUTF16LE), bytes.HasPrefix(head, markUTF16BE):
		format = FormatCSVUTF16
		decoder = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case bytes.IndexByte(head, 0) >= 0:
		return nil, refuseNotSpreadsheet()
	default:
		if bytes.HasPrefix(head, markUTF8) {
			skip = len(markUTF8)
		}
		valid, err := validUTF8(section(skip))
		if err != nil {
			return nil, err
		}
		format = FormatCSVUTF8
		if !valid {
			format = FormatCSVGB18030
			if bytes.HasPrefix(head, markGB18030) {
				skip = len(markGB18030)
			}
			decoder = simplifiedchinese.GB18030.NewDecoder()
		}
	}
	open := func() (recordReader, error) {
		reader := section(skip)
		if decoder != nil {
			decoder.Reset()
			reader = transform.NewReader(reader, decoder)
		}
		return newCSVReader(reader, size), nil
	}
	return &source{format: format, sheets: []sheet{{open: open}}}, nil
}

// validUTF8 reads all of the text; a binary file is neither encoding and is found out by a NUL.
func validUTF8(reader io.Reader) (bool, error) {
	buffer := make([]byte, 64<<10)
	kept := 0
	for {
		count, err := io.ReadFull(reader, buffer[kept:])
		window := buffer[:kept+count]
		if bytes.IndexByte(window, 0) >= 0 {
			return false, refuseNotSpreadsheet()
		}
		ended := err == io.EOF || err == io.ErrUnexpectedEOF
		if err != nil && !ended {
			return false, err
		}
		complete := len(window)
		if !ended {
			// A character may be cut in two at the end of the window.
			for back := 1; back < utf8.UTFMax && back <= len(window); back++ {
				if b := window[len(window)-back]; utf8.RuneStart(b) {
					if !utf8.FullRune(window[len(window)-back:]) {
						complete -= back
					}
					break
				}
			}
		}
		if !utf8.Valid(window[:complete]) {
			return false, nil
		}
		if ended {
			return true, nil
		}
		kept = copy(buffer, window[complete:])
	}
}

// csvReader reads records and remembers the physical line at which each begins, blank lines
// included, which encoding/csv passes over. Quotes inside an unquoted field are literal, as
// spreadsheets take them.
type csvReader struct {
	reader    *bufio.Reader
	size      int64
	consumed  int64
	line      int // the line about to be read
	delimiter byte
	record    record
	bounds    []int
	text      []byte
	begun     bool
	overflow  bool
}

func newCSVReader(reader io.Reader, size int64) *csvReader {
	return &csvReader{reader: bufio.NewReaderSize(reader, 64<<10), size: size, line: 1}
}

func (c *csvReader) close() {}

func (c *csvReader) share() float64 { return min(1, float64(c.consumed)/float64(c.size)) }

// sniff decides between comma, tab and semicolon by the beginning of the text.
func (c *csvReader) sniff() {
	head, _ := c.reader.Peek(8 << 10)
	c.delimiter = ','
	most := bytes.Count(head, []byte{','})
	for _, candidate := range []byte{'\t', ';'} {
		if count := bytes.Count(head, []byte{candidate}); count > most {
			c.delimiter, most = candidate, count
		}
	}
	c.begun = true
}

func (c *csvReader) next() (*record, error) {
	if !c.begun {
		c.sniff()
	}
	if _, err := c.reader.Peek(1); err == io.EOF {
		return nil, io.EOF
	}
	c.record.number = c.line
	c.record.cells, c.record.kinds = c.record.cells[:0], c.record.kinds[:0]
	c.bounds, c.text = append(c.bounds[:0], 0), c.text[:0]
	if err := c.readRecord(); err != nil {
		return nil, err
	}
	c.record.following = c.line
	whole := string(c.text)
	for i := 1; i < len(c.bounds); i++ {
		c.record.cells = append(c.record.cells, whole[c.bounds[i-1]:c.bounds[i]])
		c.record.kinds = append(c.record.kinds, kindText)
	}
	for len(c.record.cells) > 0 && c.record.cells[len(c.record.cells)-1] == "" {
		c.record.cells = c.record.cells[:len(c.record.cells)-1]
		c.record.kinds = c.record.kinds[:len(c.record.kinds)-1]
	}
	if len(c.record.cells) > MaxColumns || c.overflow {
		return nil, refuseTooManyColumns()
	}
	return &c.record, nil
}

// readRecord reads up to the end of the record's last line.
func (c *csvReader) readRecord() error {
	quoted, atStart := false, true
	for {
		b, err := c.reader.ReadByte()
		if err == io.EOF {
			if quoted {
				return refuseUnclosedQuote(c.record.number)
			}
			c.endField()
			return nil
		}
		if err != nil {
			return refuseDamaged()
		}
		c.consumed++
		switch {
		case quoted && b == '"':
			if following, _ := c.reader.Peek(1); len(following) == 1 && following[0] == '"' {
				c.reader.Discard(1)
				c.text = append(c.text, '"')
			} else {
				quoted = false
			}
		case quoted:
			if b == '\n' {
				c.line++
			}
			c.text = append(c.text, b)
		case b == '"' && atStart:
			quoted = true
		case b == c.delimiter:
			c.endField()
			atStart = true
			continue
		case b == '\n' || b == '\r':
			if b == '\r' {
				if following, _ := c.reader.Peek(1); len(following) == 1 && following[0] == '\n' {
					c.reader.Discard(1)
				}
			}
			c.endField()
			c.line++
			return nil
		default:
			c.text = append(c.text, b)
		}
		atStart = false
		// Only a quote that is never closed makes a field this long.
		if len(c.text)-c.bounds[len(c.bounds)-1] > MaxCellBytes {
			return refuseUnclosedQuote(c.record.number)
		}
	}
}

func (c *csvReader) endField() {
	// Empty fields at the end are tolerated up to the 16,384 columns a sheet can have.
	if len(c.bounds) > 16384 {
		c.overflow = true
		return
	}
	c.bounds = append(c.bounds, len(c.text))
}
