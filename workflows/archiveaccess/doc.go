// Package archiveaccess is the procedure 人事档案查（借）阅: one use of an archive by an office that needs it, approved on both sides;
// an archive that is lent has a day on which it is back.
package archiveaccess
