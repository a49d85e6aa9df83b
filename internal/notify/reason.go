package notify

import (
	"strings"

	"jieli/approval"
)

// reasonWords say in Chinese why a message was not sent. One that ends in a number keeps it.
var reasonWords = map[string]string{
	reasonLate:                                  "短信或邮件服务没有及时应答",
	reasonUnreachable:                           "连接不上短信或邮件服务",
	"the recipient is no address":               "收件地址有误",
	"the mail settings do not fit together":     "邮件服务的设置有误",
	"JIELI_SMS_URL is no address":               "短信服务的地址设置有误",
	"JIELI_SMTP_ADDRESS is not host:port":       "邮件服务的地址设置有误",
	"JIELI_SMTP_FROM is no address":             "发件地址设置有误",
	"the template is broken":                    "通知模板有误",
	"this worker does not send by this channel": "没有设置这一发送渠道",
	"no attempt came to an end":                 "多次发送中断",
	"the gateway answered":                      "短信服务应答",
	"the mail server answered":                  "邮件服务应答",
}

const (
	reasonLate        = "no answer in time"
	reasonUnreachable = "the provider could not be reached"
)

// ReasonText words why a message was not sent, for the administrator who sees to it.
func ReasonText(reason string) approval.Text {
	if zh, known := reasonWords[reason]; known {
		return approval.Text{ZH: zh, EN: reason}
	}
	if at := strings.LastIndexByte(reason, ' '); at > 0 {
		if zh, known := reasonWords[reason[:at]]; known {
			return approval.Text{ZH: zh + reason[at:], EN: reason}
		}
	}
	return approval.Text{ZH: reason, EN: reason}
}
