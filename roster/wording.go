package roster

import "sync"

// bilingual is one message in both languages.
type bilingual struct{ zh, en string }

// Variants of a code's wording; they never leave as codes.
const (
	codeFifteen        = "id_format/fifteen"
	codeOtherPaper     = "id_format/other"
	codeDuesUnreadable = "party_dues_missing/unreadable"
	codeHukouProposed  = "residence_unresolved/hukou"
)

// Before a message stands the title of its column where {} is.
var wordings = map[string]bilingual{
	CodeMissingRequired: {"{}未填写，请补上。", "{} is empty; please fill it in."},
	CodeIDFormat: {"身份证号应为 18 位：前 17 位是数字，最后一位是数字或 X。请对照身份证改正。",
		"An ID number has 18 characters: 17 digits, then a digit or X. Correct it from the identity card."},
	codeFifteen: {"这是 15 位的旧身份证号，请换成 18 位号码（出生年份写四位，末尾加一位校验码），以现行身份证为准。",
		"This is an old 15-digit ID number. Enter the 18-digit form (four-digit year of birth, check character at the end) as on the present card."},
	codeOtherPaper: {"证件号码应为 5 至 20 位字母或数字，请对照证件改正。",
		"The number of such a paper has 5 to 20 letters or digits. Correct it from the paper."},
	CodeIDChecksum: {"身份证号校验不通过，可能有数字填错或前后颠倒。请对照身份证逐位核对。",
		"The ID number fails its check character: a digit may be wrong or two swapped. Compare it with the card digit by digit."},
	CodeIDTruncated: {"身份证号按数字保存，末几位已丢失。请把该列设为“文本”格式，再重新填写完整的 18 位号码。",
		"The ID number was stored as a number and its last digits are lost. Format the column as text and enter all 18 characters again."},
	CodeIDDate: {"身份证号中的出生日期（第 7 至 14 位）不存在。请对照身份证改正。",
		"The date of birth inside the ID number (positions 7 to 14) does not exist. Correct it from the card."},
	CodeDateFormat: {"{}看不出是哪一天。请写成 2005-03-01，只知道年月时写成 2005-03。",
		"{} cannot be read as a date. Write it as 2005-03-01, or 2005-03 when only the month is known."},
	CodeTwoPersons: {"{}一格里有两个人。请每人单独一行。", "{} holds two persons in one cell. Give each person a row."},
	CodeOutOfScope: {"{}显示此行不属于本次移交（离休、遗属或已去世）。请移出名册；如有误填，请改正该列。",
		"{} shows that this row is not part of this handover (离休 veteran, survivor, or deceased). Take it out, or correct the column if it was filled in by mistake."},
	CodeAlreadyManaged: {"此人已由社区管理服务，不属于本次移交。请移出名册。",
		"This person is already in a community's care and not part of this handover. Take the row out."},
	CodeBirthMismatch: {"出生日期与身份证号中的不一致。请核对哪一个正确。", "The date of birth differs from the one in the ID number. Check which is right."},
	CodeSexMismatch:   {"性别与身份证号中的不一致。请核对哪一个正确。", "The sex differs from the one in the ID number. Check which is right."},
	CodePhoneFormat: {"{}不是完整的电话号码。请填 11 位手机号，或区号加 7 至 8 位座机号；没有可以空着。",
		"{} is not a complete phone number. Enter an 11-digit mobile, or a landline of 7 or 8 digits with its area code; it may be left empty."},
	CodeResidenceUnresolved: {"看不出居住地属于哪个社区（村）。请填写 12 位社区代码，或写明街道和社区名称；分派社区前须确定。",
		"The residence does not show its community. Enter the 12-digit community code, or street and community by name; it must be settled before communities are assigned."},
	codeHukouProposed: {"看不出居住地属于哪个社区（村），先按户籍地提出建议。请填写 12 位社区代码，或写明街道和社区名称；分派社区前须确定。",
		"The residence does not show its community; that of the hukou is proposed. Enter the 12-digit community code, or street and community by name; it must be settled before communities are assigned."},
	CodePartyDuesMissing: {"党员请写明党费交至哪年哪月，如 2026-10。", "For a Party member, state the month up to which dues are paid, such as 2026-10."},
	codeDuesUnreadable: {"看不出党费交至哪年哪月。请写成 2026-10 这样的年月。",
		"The month up to which dues are paid cannot be read. Write year and month, such as 2026-10."},
	CodeRetirementAgeUnusual: {"按身份证号推算，退休时的年龄少见（男不满 50、女不满 45，或超过 70 周岁）。请核对退休日期；属实则不必改。",
		"By the ID number, the age at retirement is unusual (a man under 50, a woman under 45, or over 70). Check the retirement date; if it is right, leave it."},
	CodeFormulaText: {"{}是公式，或以 = + - @ 开头。已按文字保存，不会运算；请直接填写内容。",
		"{} is a formula or begins with = + - @. It is kept as text and not evaluated; enter the content itself."},
	CodeHiddenRow:  {"此行在表格中是隐藏的。请确认是否应当移交。", "This row is hidden in the sheet. Confirm that it is to be handed over."},
	CodeNormalized: {"{}已按统一格式整理（如全角数字、空格、日期写法），请看一眼是否正确。", "{} was put into standard form (full-width digits, spaces, the way a date is written). Please glance over it."},
}

var wordingOf sync.Map // [2]string{code, column} -> bilingual

// wording gives the message of a code for a column. The few hundred combinations are composed once,
// so that a hundred thousand findings share their text.
func wording(code string, column Column) bilingual {
	key := [2]string{code, string(column)}
	if known, ok := wordingOf.Load(key); ok {
		return known.(bilingual)
	}
	text := wordings[code]
	zh, en := "某一格", "A cell"
	if info, ok := columnByKey[column]; ok {
		zh, en = info.TitleZH, info.TitleEN
	}
	composed := bilingual{zh: place(text.zh, zh), en: place(text.en, en)}
	wordingOf.Store(key, composed)
	return composed
}
