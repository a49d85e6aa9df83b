package crypt

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Keyring holds the encryption keys by id; new data is sealed under Current, old data opens under
// the key its ciphertext names. The index key never changes, or lookups would miss.
type Keyring struct {
	current string
	ciphers map[string]cipher.AEAD
	index   []byte
}

type keyFile struct {
	Current string            `json:"current"`
	Keys    map[string]string `json:"keys"`
	Index   string            `json:"index"`
}

// Load reads a key file: JSON {current, keys: {id: 64 hex digits}, index: 64 hex digits}.
func Load(path string) (*Keyring, error) {
	body, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("read key file: %w", err)
	}
	var file keyFile
	if err := json.Unmarshal(body, &file); err != nil {
		return nil, errors.New("the key file is not the JSON that `jieli help environment` describes")
	}
	index, err := decodeKey(file.Index)
	if err != nil {
		return nil, fmt.Errorf("key file, index: %w", err)
	}
	ring := &Keyring{current: file.Current, ciphers: map[string]cipher.AEAD{}, index: index}
	for id, text := range file.Keys {
		key, err := decodeKey(text)
		if err != nil {
			return nil, fmt.Errorf("key file, key %s: %w", id, err)
		}
		if len(id) == 0 || len(id) > 255 {
			return nil, errors.New("key file: a key id has 1 to 255 characters")
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		if ring.ciphers[id], err = cipher.NewGCM(block); err != nil {
			return nil, err
		}
	}
	if ring.ciphers[ring.current] == nil {
		return nil, fmt.Errorf("key file: current key %q is not among the keys", ring.current)
	}
	return ring, nil
}

// LoadOrCreate reads the key file, making one of random keys when there is none (`jieli dev`).
func LoadOrCreate(path string) (*Keyring, error) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		var key, index [32]byte
		_, _ = rand.Read(key[:])
		_, _ = rand.Read(index[:])
		body, _ := json.Marshal(keyFile{Current: "k1", Keys: map[string]string{"k1": hex.EncodeToString(key[:])}, Index: hex.EncodeToString(index[:])})
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, body, 0o600); err != nil {
			return nil, err
		}
	}
	return Load(path)
}

func decodeKey(text string) ([]byte, error) {
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != 32 {
		return nil, errors.New("a key is 64 hexadecimal digits (32 bytes)")
	}
	return key, nil
}

// Seal encrypts under the current key. The place (table|column|row) is authenticated, so that a
// ciphertext moved elsewhere does not open. Layout: length of key id, key id, nonce, ciphertext.
func (k *Keyring) Seal(plain []byte, place string) []byte {
	aead := k.ciphers[k.current]
	out := make([]byte, 0, 1+len(k.current)+aead.NonceSize()+len(plain)+aead.Overhead())
	out = append(out, byte(len(k.current)))
	out = append(out, k.current...)
	nonce := make([]byte, aead.NonceSize())
	_, _ = rand.Read(nonce)
	out = append(out, nonce...)
	return aead.Seal(out, nonce, plain, []byte(place))
}

// Open decrypts what Seal made for the same place.
func (k *Keyring) Open(sealed []byte, place string) ([]byte, error) {
	if len(sealed) < 1 || len(sealed) < 1+int(sealed[0]) {
		return nil, errors.New("sealed value is too short")
	}
	id := string(sealed[1 : 1+sealed[0]])
	aead := k.ciphers[id]
	if aead == nil {
		return nil, fmt.Errorf("sealed under key %q, which this process does not have", id)
	}
	rest := sealed[1+len(id):]
	if len(rest) < aead.NonceSize() {
		return nil, errors.New("sealed value is too short")
	}
	return aead.Open(nil, rest[:aead.NonceSize()], rest[aead.NonceSize():], []byte(place))
}

// Index is the keyed blind index of a value for a purpose: equal values meet, nothing else shows.
func (k *Keyring) Index(purpose, value string) []byte {
	mac := hmac.New(sha256.New, k.index)
	mac.Write([]byte(purpose))
	mac.Write([]byte{0})
	mac.Write([]byte(value))
	return mac.Sum(nil)[:16]
}

// SealWith and OpenWith use a data key of its own, for rows that can be shredded by destroying it.
func SealWith(key, plain []byte, place string) []byte {
	aead := mustAEAD(key)
	nonce := make([]byte, aead.NonceSize())
	_, _ = rand.Read(nonce)
	return aead.Seal(nonce, nonce, plain, []byte(place))
}

// OpenWith opens what SealWith made.
func OpenWith(key, sealed []byte, place string) ([]byte, error) {
	aead := mustAEAD(key)
	if len(sealed) < aead.NonceSize() {
		return nil, errors.New("sealed value is too short")
	}
	return aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], []byte(place))
}

// NewDataKey returns 32 random bytes.
func NewDataKey() []byte {
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	return key
}

func mustAEAD(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("crypt: a data key has 32 bytes")
	}
	aead, _ := cipher.NewGCM(block)
	return aead
}
