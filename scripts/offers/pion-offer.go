// Prints the offer of Pion: sound and picture to publish, and a data channel.
package main

import (
	"fmt"

	"github.com/pion/webrtc"
)

func main() {
	connection, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	must(err)
	_, err = connection.CreateDataChannel("chat", nil)
	must(err)
	for _, mime := range []string{webrtc.MimeTypeOpus, webrtc.MimeTypeVP8} {
		track, err := webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: mime}, mime[:5], "pion")
		must(err)
		_, err = connection.AddTransceiverFromTrack(track, webrtc.RTPTransceiverInit{
			Direction: webrtc.RTPTransceiverDirectionSendonly,
		})
		must(err)
	}
	offer, err := connection.CreateOffer(nil)
	must(err)
	fmt.Print(offer.SDP)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
