// YAOPAI_URL=http://127.0.0.1:7700 go run quickstart.go: signs a person in, and makes a signed call.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

func read(answer *http.Response, err error) (data map[string]any) {
	if err != nil {
		panic(err)
	}
	if err = json.NewDecoder(answer.Body).Decode(&data); err != nil || answer.StatusCode != 200 || data["error_code"] != nil {
		panic(fmt.Sprint(err, data))
	}
	return data
}

func main() {
	id, secret, back := "100000001", "d3100000000000000000000000000000000000000000000000000000000000d1", "https://demo.example/callback"
	// The code that the browser brings back from the sign-in page; here the sandbox signs in.
	signIn := fmt.Sprintf(`{"surface":"open","user":"mainland","scope":"basic","client_id":"%s","redirect_uri":"%s"}`, id, back)
	yaopai, users := os.Getenv("YAOPAI_URL"), "/open/rest/2.0/passport/users"
	code := read(http.Post(yaopai+"/sandbox/authorize", "application/json", strings.NewReader(signIn)))["code"].(string)
	tokens := read(http.PostForm(yaopai+"/open/oauth/2.0/token", url.Values{"grant_type": {"authorization_code"}, "code": {code},
		"client_id": {id}, "client_secret": {secret}, "redirect_uri": {back}}))
	person := read(http.PostForm(yaopai+users+"/getLoggedInUser", url.Values{"access_token": {tokens["access_token"].(string)}}))
	fmt.Println("signed in:", person["uname"])

	// A signature covers all parameters, sorted by name, without separators.
	now := time.Now()
	call := fmt.Sprintf("client_id=%s&nonce=%d&sign_method=hmac-sha256&timestamp=%d&uid=%s", id, now.UnixNano(), now.Unix(), person["uid"])
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(strings.ReplaceAll(call, "&", "")))
	signed, _ := url.ParseQuery(fmt.Sprintf("%s&sign=%x", call, mac.Sum(nil)))
	fmt.Println("uses the app:", read(http.PostForm(yaopai+users+"/isAppUser", signed))["result"] == "1")
}
