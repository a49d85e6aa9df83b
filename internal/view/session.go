package view

import (
	"jieli/approval"
)

// User is the signed-in person with the posts held today.
type User struct {
	ID       string `json:"id"`
	Username string `json:"username"`
	Name     string `json:"name"`
	Language string `json:"language" enum:"zh-CN,en"`
}

// PostView is one post: role and office.
type PostView struct {
	Office     string              `json:"office"`
	OfficeName string              `json:"officeName"`
	OfficeKind approval.OfficeKind `json:"officeKind"`
	Role       approval.Role       `json:"role"`
	RoleTitle  approval.Text       `json:"roleTitle"`
	Region     string              `json:"region"`
}

// Me is the caller: posts, permissions, language.
type Me struct {
	User        User       `json:"user"`
	Posts       []PostView `json:"posts"`
	Permissions []string   `json:"permissions"`
	Demo        bool       `json:"demo" doc:"the running system holds demonstration data"`
	CSRFToken   string     `json:"csrfToken"`
}
