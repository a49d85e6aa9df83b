// Package managementform is the four interim forms of management 管理形式: entrustment, whole transfer, management by the
// agency, and by an existing body. Each brings the people of a handover under its form.
package managementform
