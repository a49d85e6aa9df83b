package rules

import (
	"strings"

	"jieli/approval"
)

// provinces are the places whose pension schemes the national rules speak of (GB/T 2260).
var provinces = []approval.Option{
	option("11", "北京市", "Beijing"), option("12", "天津市", "Tianjin"), option("13", "河北省", "Hebei"), option("14", "山西省", "Shanxi"),
	option("15", "内蒙古自治区", "Inner Mongolia"), option("21", "辽宁省", "Liaoning"), option("22", "吉林省", "Jilin"), option("23", "黑龙江省", "Heilongjiang"),
	option("31", "上海市", "Shanghai"), option("32", "江苏省", "Jiangsu"), option("33", "浙江省", "Zhejiang"), option("34", "安徽省", "Anhui"),
	option("35", "福建省", "Fujian"), option("36", "江西省", "Jiangxi"), option("37", "山东省", "Shandong"), option("41", "河南省", "Henan"),
	option("42", "湖北省", "Hubei"), option("43", "湖南省", "Hunan"), option("44", "广东省", "Guangdong"), option("45", "广西壮族自治区", "Guangxi"),
	option("46", "海南省", "Hainan"), option("50", "重庆市", "Chongqing"), option("51", "四川省", "Sichuan"), option("52", "贵州省", "Guizhou"),
	option("53", "云南省", "Yunnan"), option("54", "西藏自治区", "Tibet"), option("61", "陕西省", "Shaanxi"), option("62", "甘肃省", "Gansu"),
	option("63", "青海省", "Qinghai"), option("64", "宁夏回族自治区", "Ningxia"), option("65", "新疆维吾尔自治区", "Xinjiang"),
}

// provinceDigits fill the two digits of a province up to a division code.
const provinceDigits = "0000"

// ProvinceOf reads the code of a province, of two digits or padded to six, and returns the padded code
// and the province's name; false for anything else, a city or a district included.
func ProvinceOf(code string) (string, approval.Text, bool) {
	for _, province := range provinces {
		if code == province.Value || code == province.Value+provinceDigits {
			return province.Value + provinceDigits, province.Title, true
		}
	}
	return "", approval.Text{}, false
}

// provinceOptions are the provinces by their padded codes, for a form.
func provinceOptions() []approval.Option {
	padded := make([]approval.Option, 0, len(provinces))
	for _, province := range provinces {
		padded = append(padded, approval.Option{Value: province.Value + provinceDigits, Title: province.Title})
	}
	return padded
}

// InProvince reports whether a division lies in the province of a padded code.
func InProvince(division, province string) bool {
	return len(division) >= 2 && strings.HasPrefix(province, division[:2]) && strings.HasSuffix(province, provinceDigits)
}
