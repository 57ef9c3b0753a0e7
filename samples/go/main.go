// Keeps a copy of queued jobs, runners and pools, and prints how many runners each pool should have, as JSON lines.
// GARM_URL names one or more nodes (comma-separated); GARM_TOKEN, or GARM_USERNAME and GARM_PASSWORD.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

const (
	filter    = `{"filters":[{"entity-type":"job","match":{"status":"queued"}},{"entity-type":"instance"},{"entity-type":"pool"}]}`
	heartbeat = 15 * time.Second
)

// errFinal is what coming back would not mend.
var errFinal = errors.New("refused")

func token(base string) (string, error) {
	if given := os.Getenv("GARM_TOKEN"); given != "" {
		return given, nil
	}
	body, _ := json.Marshal(map[string]string{"username": os.Getenv("GARM_USERNAME"), "password": os.Getenv("GARM_PASSWORD")})
	answer, err := (&http.Client{Timeout: 30 * time.Second}).Post(base+"/api/v1/auth/login", "application/json", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if err := refusal(answer); err != nil {
		return "", err
	}
	var login struct{ Token string }
	return login.Token, json.NewDecoder(answer.Body).Decode(&login)
}

func refusal(answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	text, _ := io.ReadAll(io.LimitReader(answer.Body, 1000))
	if answer.StatusCode >= 500 || answer.StatusCode == 408 || answer.StatusCode == 429 {
		return fmt.Errorf("%s: %s", answer.Status, text)
	}
	return fmt.Errorf("%w: %s: %s", errFinal, answer.Status, text)
}

// follow reads one connection until it ends, and gives the pause that the hub asked for.
func follow(c *Copy, base string, printed map[string]Wanted) (time.Duration, error) {
	bearer, err := token(base)
	if err != nil {
		return 0, err
	}
	query := url.Values{"filter": {filter}, "cursor": {c.Cursor}, "on-expired": {"snapshot"}, "heartbeat-seconds": {"15"}}
	lost, cancel := context.WithCancel(context.Background())
	defer cancel()
	silence := time.AfterFunc(2*heartbeat+5*time.Second, cancel) // Longer silence: the connection is lost.
	defer silence.Stop()
	request, err := http.NewRequestWithContext(lost, http.MethodGet, base+"/api/v1/events/stream?"+query.Encode(), nil)
	if err != nil {
		return 0, fmt.Errorf("%w: %v", errFinal, err)
	}
	request.Header.Set("Accept", "application/x-ndjson")
	request.Header.Set("Authorization", "Bearer "+bearer)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if err := refusal(answer); err != nil {
		return 0, err
	}
	c.InSnapshot, c.Live = false, false
	for lines := bufio.NewReader(answer.Body); ; {
		line, err := lines.ReadBytes('\n')
		if err != nil { // What has no line feed at its end was cut.
			return 0, err
		}
		silence.Reset(2*heartbeat + 5*time.Second)
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var frame Frame
		if err := json.Unmarshal(line, &frame); err != nil {
			return 0, fmt.Errorf("%w: %v in %s", errFinal, err, line)
		}
		if err := c.Take(frame); err != nil {
			return 0, err
		}
		if frame.Control == "going-away" {
			return time.Duration(frame.RetryAfterMs) * time.Millisecond, nil
		}
		if c.Live && (frame.Control == "" || frame.Control == "caught-up") {
			for _, row := range c.Wanted() {
				if key := row.Source + "/" + row.Pool; printed[key] != row {
					text, _ := json.Marshal(row)
					fmt.Println(string(text))
					printed[key] = row
				}
			}
		}
	}
}

func end(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}

func main() {
	base := os.Getenv("GARM_URL")
	if base == "" {
		base = "http://127.0.0.1:9997"
	}
	urls := strings.Split(base, ",")
	for _, address := range urls {
		if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
			end("GARM_URL: " + address + " is not an http or https URL")
		}
	}
	if os.Getenv("GARM_TOKEN") == "" && (os.Getenv("GARM_USERNAME") == "" || os.Getenv("GARM_PASSWORD") == "") {
		end("set GARM_TOKEN, or GARM_USERNAME and GARM_PASSWORD")
	}
	c, printed, pause := &Copy{Entities: map[Key]Payload{}, Cursor: "snapshot"}, map[string]Wanted{}, 250*time.Millisecond
	random := rand.New(rand.NewSource(time.Now().UnixNano()))
	for node := 0; ; node++ {
		place := c.Cursor
		wait, err := follow(c, strings.TrimRight(urls[node%len(urls)], "/"), printed)
		// The whole query of a request that failed hides why it did.
		if failed := (*url.Error)(nil); errors.As(err, &failed) {
			err = failed.Err
		}
		if errors.Is(err, errFinal) {
			end(err.Error())
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", urls[node%len(urls)], err)
		}
		if pause *= 2; c.Cursor != place {
			pause = 250 * time.Millisecond
		} else if pause > 30*time.Second {
			pause = 30 * time.Second
		}
		if wait == 0 {
			wait = time.Duration((0.5 + random.Float64()/2) * float64(pause))
		}
		time.Sleep(wait)
	}
}
