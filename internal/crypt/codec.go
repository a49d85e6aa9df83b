package crypt

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/protobuf/proto"
)

const codecEncoding = "binary/jieli-sealed"

var (
	encoder, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	decoder, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
)

// codec seals every payload that reaches the Temporal server: compressed, then encrypted, with
// the namespace authenticated. An unknown key is an error, never a pass-through.
type codec struct {
	ring      *Keyring
	namespace string
}

// DataConverter is Temporal's default converter behind the sealing codec.
func DataConverter(ring *Keyring, namespace string) converter.DataConverter {
	return converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), &codec{ring: ring, namespace: namespace})
}

// FailureConverter also seals the text of failures, which would otherwise be stored in the clear.
func FailureConverter(ring *Keyring, namespace string) converter.FailureConverter {
	return temporal.NewDefaultFailureConverter(temporal.DefaultFailureConverterOptions{
		DataConverter: DataConverter(ring, namespace), EncodeCommonAttributes: true})
}

func (c *codec) Encode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	out := make([]*commonpb.Payload, len(payloads))
	for i, payload := range payloads {
		body, err := proto.Marshal(payload)
		if err != nil {
			return nil, err
		}
		out[i] = &commonpb.Payload{Metadata: map[string][]byte{converter.MetadataEncoding: []byte(codecEncoding)},
			Data: c.ring.Seal(encoder.EncodeAll(body, nil), c.namespace)}
	}
	return out, nil
}

func (c *codec) Decode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	out := make([]*commonpb.Payload, len(payloads))
	for i, payload := range payloads {
		if string(payload.GetMetadata()[converter.MetadataEncoding]) != codecEncoding {
			return nil, fmt.Errorf("payload is not sealed (encoding %q)", payload.GetMetadata()[converter.MetadataEncoding])
		}
		packed, err := c.ring.Open(payload.GetData(), c.namespace)
		if err != nil {
			return nil, fmt.Errorf("open payload: %w", err)
		}
		body, err := decoder.DecodeAll(packed, nil)
		if err != nil {
			return nil, fmt.Errorf("unpack payload: %w", err)
		}
		out[i] = &commonpb.Payload{}
		if err := proto.Unmarshal(body, out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}
