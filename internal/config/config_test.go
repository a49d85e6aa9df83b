package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// Every setting is in the help, and no other.
func TestTheHelpListsEverySetting(t *testing.T) {
	kind := reflect.TypeFor[Config]()
	listed := map[string]bool{}
	for _, word := range strings.Fields(Help) {
		if strings.HasPrefix(word, "JIELI_") {
			listed[strings.Trim(word, ".,;()")] = true
		}
	}
	for i := range kind.NumField() {
		name := "JIELI_" + kind.Field(i).Tag.Get("env")
		if !listed[name] {
			t.Errorf("the help does not list %s", name)
		}
		delete(listed, name)
	}
	if len(listed) > 0 {
		t.Errorf("the help lists what is no setting: %v", listed)
	}
}

// What does not fit together is said as the program starts, before anything is written to anybody.
func TestMessageSettingsFitTogether(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("秘密\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, each := range []struct {
		set  map[string]string
		says string
	}{
		{map[string]string{}, ""},
		{map[string]string{"SMS_URL": "https://gateway.example/m", "SMS_SECRET_FILE": secret}, ""},
		{map[string]string{"SMS_URL": "gateway", "SMS_SECRET": "s"}, "JIELI_SMS_URL"},
		{map[string]string{"SMS_URL": "https://gateway.example/m"}, "JIELI_SMS_SECRET"},
		{map[string]string{"SMS_SECRET_FILE": secret + ".gone"}, "JIELI_SMS_SECRET_FILE"},
		{map[string]string{"SMTP_ADDRESS": "mail.example:587", "SMTP_FROM": "jieli@example.gov.cn"}, ""},
		{map[string]string{"SMTP_ADDRESS": "mail.example:587"}, "JIELI_SMTP_FROM"},
		{map[string]string{"SMTP_TLS": "ssl"}, "JIELI_SMTP_TLS"},
		{map[string]string{"SMTP_TLS": "none", "SMTP_USERNAME": "jieli"}, "JIELI_SMTP_USERNAME"},
		{map[string]string{"MESSAGE_HOURS": "20-8"}, "JIELI_MESSAGE_HOURS"},
		{map[string]string{"MESSAGE_HOURS": "early-late"}, "JIELI_MESSAGE_HOURS"},
		{map[string]string{"MESSAGE_HOURS": "0-24"}, ""},
	} {
		t.Run(each.says, func(t *testing.T) {
			for name, value := range each.set {
				t.Setenv("JIELI_"+name, value)
			}
			settings, err := Load()
			if (err == nil) != (each.says == "") || err != nil && !strings.Contains(err.Error(), each.says) {
				t.Errorf("%v: %v", each.set, err)
			}
			if each.set["SMS_SECRET_FILE"] == secret && settings.SMSSecret != "秘密" {
				t.Errorf("the secret is read as %q", settings.SMSSecret)
			}
		})
	}
}
