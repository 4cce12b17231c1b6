// java Quickstart.java: signs a person in, and makes a signed call. Java 17 or later.
import java.net.*;
import java.net.http.*;
import java.util.*;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import static java.nio.charset.StandardCharsets.UTF_8;

class Quickstart {
    static final String SECRET = "d3100000000000000000000000000000000000000000000000000000000000d1";
    static final String USERS = "/open/rest/2.0/passport/users", FORM = "application/x-www-form-urlencoded";

    static String post(String path, String type, String body) throws Exception {
        var address = URI.create(System.getenv().getOrDefault("YAOPAI_URL", "http://127.0.0.1:7700") + path);
        var request = HttpRequest.newBuilder(address).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
        var answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200 || answer.body().contains("\"error_code\""))
            throw new Exception(answer.body() + ", see " + answer.headers().map().get("yaopai-explain"));
        return answer.body();
    }

    static String field(String json, String name) { return json.replaceFirst("(?s).*?\"" + name + "\": ?\"(.*?)\".*", "$1"); }

    public static void main(String[] args) throws Exception {
        // The code that the browser brings back from the sign-in page; here the sandbox signs in.
        String id = "100000001", back = "https://demo.example/callback", app = "client_id=" + id + "&redirect_uri=" + back;
        var signIn = "{\"surface\":\"open\",\"user\":\"mainland\",\"scope\":\"basic\",\"client_id\":\"%s\",\"redirect_uri\":\"%s\"}";
        var code = field(post("/sandbox/authorize", "application/json", signIn.formatted(id, back)), "code");
        var tokens = post("/open/oauth/2.0/token", FORM, app + "&client_secret=" + SECRET + "&grant_type=authorization_code&code=" + code);
        var person = post(USERS + "/getLoggedInUser", FORM, "access_token=" + URLEncoder.encode(field(tokens, "access_token"), UTF_8));
        System.out.println("signed in: " + field(person, "uname"));

        // A signature covers all parameters, sorted by name, without separators.
        var call = new TreeSet<>(List.of("client_id=" + id, "uid=" + field(person, "uid"), "timestamp=" + System.currentTimeMillis() / 1000,
            "nonce=" + UUID.randomUUID(), "sign_method=hmac-sha256"));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        call.add("sign=" + HexFormat.of().formatHex(mac.doFinal(String.join("", call).getBytes(UTF_8))));
        System.out.println("uses the app: " + field(post(USERS + "/isAppUser", FORM, String.join("&", call)), "result").equals("1"));
    }
}
