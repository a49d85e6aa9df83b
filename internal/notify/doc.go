// Package notify writes to families and retirees: the templates of the messages, and the providers that carry them by
// text message or mail (docs/messages.md). Which message is due, and to whom, is the store's business.
package notify
