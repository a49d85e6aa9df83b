package approval

// Text is one wording in the two languages of the product. Chinese is what officials read and is
// never empty; English is the reading aid.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// In returns the wording for a language tag; anything but "en" is Chinese.
func (t Text) In(language string) string {
	if language == "en" && t.EN != "" {
		return t.EN
	}
	return t.ZH
}
