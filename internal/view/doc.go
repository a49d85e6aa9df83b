// Package view holds the shapes people and programs read: the bodies of api.md. The store fills
// them, the API serves them; neither imports the other.
package view
