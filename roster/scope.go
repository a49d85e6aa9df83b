package roster

import (
	"strings"
	"unicode/utf8"
)

// outOfScopeWords are what says that a row is no part of this handover: veterans on 离休 stay as
// they are, survivors and the dead are not handed over (domain 2a).
var outOfScopeWords = []string{"离休", "遗属", "遗孀", "已故", "去世", "死亡", "病故", "逝世", "亡故", "身故", "过世", "离世", "已亡", "病逝", "辞世"}

// kinWords before such a word mean that it is said of somebody else: 配偶已故 is a living person.
var kinWords = []string{"配偶", "丈夫", "妻", "老伴", "爱人", "父", "母", "子女", "儿", "女", "兄", "弟", "姐", "妹", "亲属", "家属", "家人", "夫"}

var negations = []string{"非", "无", "不", "未", "否", "没有"}

// isOutOfScope reads one free text, clause by clause.
func isOutOfScope(text string) bool {
	if len(text) < 6 {
		return false
	}
	for _, word := range outOfScopeWords {
		for from := 0; ; {
			at := strings.Index(text[from:], word)
			if at < 0 {
				break
			}
			at += from
			if !saidOfSomebodyElse(clauseBefore(text[:at])) {
				return true
			}
			from = at + len(word)
		}
	}
	return false
}

// clauseBefore returns what stands before the word in its own clause.
func clauseBefore(text string) string {
	if cut := strings.LastIndexAny(text, "，。；、,;:： \n()（）"); cut >= 0 {
		_, size := utf8.DecodeRuneInString(text[cut:])
		return text[cut+size:]
	}
	return text
}

func saidOfSomebodyElse(before string) bool {
	for _, negation := range negations {
		if strings.HasSuffix(before, negation) {
			return true
		}
	}
	for _, word := range kinWords {
		if strings.Contains(before, word) {
			return true
		}
	}
	return false
}
