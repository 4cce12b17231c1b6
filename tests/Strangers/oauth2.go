// Both platforms with Go's x/oauth2: go run oauth2.go SERVER CLIENT_ID CLIENT_SECRET
package main

import (
	"context"
	"io"
	"log"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

// signIn comes back with tokens that are over, so that the next use refreshes them.
func signIn(config oauth2.Config, more ...oauth2.AuthCodeOption) oauth2.TokenSource {
	at := must(exec.Command("node", "browser.mjs", config.AuthCodeURL("s1", more...)).Output())
	back := must(url.Parse(strings.TrimSpace(string(at)))).Query()
	if back.Get("state") != "s1" {
		log.Fatal("another state: ", back)
	}
	tokens := must(config.Exchange(context.Background(), back.Get("code")))
	tokens.Expiry = time.Now()
	return config.TokenSource(context.Background(), tokens)
}

func expect(source oauth2.TokenSource, address string, text string) {
	answer := must(oauth2.NewClient(context.Background(), source).Post(address, "", nil))
	if said := string(must(io.ReadAll(answer.Body))); !strings.Contains(said, text) {
		log.Fatalf("%s: %s", address, said)
	}
}

func main() {
	server := os.Args[1]
	config := oauth2.Config{ClientID: os.Args[2], ClientSecret: os.Args[3], RedirectURL: "https://demo.example/callback"}

	config.Scopes = []string{"basic"}
	config.Endpoint = oauth2.Endpoint{AuthURL: server + "/open/oauth/2.0/authorize", TokenURL: server + "/open/oauth/2.0/token"}
	expect(signIn(config), server+"/open/rest/2.0/passport/users/getLoggedInUser", `"uname":"mainland"`)

	// The library tries a Basic header first, as it comes, and then the body, which is what Huawei Account takes.
	config.Scopes = []string{"openid", "profile"}
	config.Endpoint = oauth2.Endpoint{AuthURL: server + "/huawei/oauth2/v3/authorize", TokenURL: server + "/huawei/oauth2/v3/token"}
	expect(signIn(config, oauth2.AccessTypeOffline), server+"/huawei/rest.php?nsp_svc=GOpen.User.getInfo&getNickName=1", "小明")
}
