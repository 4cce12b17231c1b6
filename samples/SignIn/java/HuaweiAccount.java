import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Signs people in with their Huawei account: the part of an app that talks to the platform. */
final class HuaweiAccount {
    /** After these the person has to sign in again: code expired, used or revoked, refresh token expired or revoked. */
    private static final Set<String> OVER = Set.of("1101/20155", "1101/20156", "1101/20158", "1203/11205", "1203/31204");
    private static final String TOKEN_EXPIRED = "NSP_STATUS/6";
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String address;
    private final String clientId;
    private final String clientSecret;

    HuaweiAccount(String address, String clientId, String clientSecret) {
        this.address = address;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
    }

    /** What the app keeps of a person who signed in. */
    static final class Session {
        String accessToken;
        final String refreshToken;

        Session(String accessToken, String refreshToken) {
            this.accessToken = accessToken;
            this.refreshToken = refreshToken;
        }
    }

    /** The platform refused, or its answer is no good. */
    static final class SignInException extends Exception {
        private static final long serialVersionUID = 1;
        final String number;
        final boolean mustSignInAgain;
        final String requestId;

        SignInException(String number, boolean mustSignInAgain, HttpResponse<?> answer) {
            super("The sign-in failed: " + number + ".");
            this.number = number;
            this.mustSignInAgain = mustSignInAgain;
            requestId = answer == null ? null : answer.headers().firstValue("X-Request-Id").orElse(null);
        }
    }

    /** Where the browser is sent. */
    URI authorizeAddress(String redirectUri, String state) {
        return URI.create(address + "/huawei/oauth2/v3/authorize?" + form(Map.of(
            "response_type", "code", "client_id", clientId, "scope", "openid profile", "access_type", "offline",
            "redirect_uri", redirectUri, "state", state)));
    }

    /** Exchanges the code that the browser came back with. */
    Session signIn(String code) throws SignInException, InterruptedException {
        return askForTokens(Map.of("grant_type", "authorization_code", "code", code));
    }

    /** Who signed in. A token that expired is refreshed. */
    String name(Session session) throws SignInException, InterruptedException {
        try {
            return readName(session);
        } catch (SignInException error) {
            if (!error.number.equals(TOKEN_EXPIRED))
                throw error;
            session.accessToken = askForTokens(
                Map.of("grant_type", "refresh_token", "refresh_token", session.refreshToken)).accessToken;
            return readName(session);
        }
    }

    private String readName(Session session) throws SignInException, InterruptedException {
        HttpResponse<String> answer = post(
            "rest.php?nsp_svc=GOpen.User.getInfo", Map.of("access_token", session.accessToken, "getNickName", "1"));
        String status = answer.headers().firstValue("NSP_STATUS").orElse(null);
        if (status != null)
            throw new SignInException("NSP_STATUS/" + status, false, answer);
        return member(answer.body(), "displayName");
    }

    private Session askForTokens(Map<String, String> grant) throws SignInException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>(grant);
        form.put("client_id", clientId);
        form.put("client_secret", clientSecret);
        HttpResponse<String> answer = post("oauth2/v3/token", form);
        if (answer.statusCode() == 503)
            throw new SignInException("http/503", false, answer);
        String error = member(answer.body(), "error");
        if (error != null) {
            String number = error + "/" + member(answer.body(), "sub_error");
            throw new SignInException(number, OVER.contains(number), answer);
        }
        String accessToken = member(answer.body(), "access_token");
        if (accessToken == null)
            throw new SignInException("no access_token", true, null);
        return new Session(accessToken, member(answer.body(), "refresh_token"));
    }

    /** A platform that is busy has done nothing, and is asked once more. Where the answer is lost, the code may be used up. */
    private HttpResponse<String> post(String path, Map<String, String> form) throws SignInException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/huawei/" + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(form))).build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 503 ? HTTP.send(request, HttpResponse.BodyHandlers.ofString()) : answer;
        } catch (IOException error) {
            throw new SignInException("no answer", true, null);
        }
    }

    /** The members of these answers are texts without quotes, and numbers; an app would have a library for JSON. */
    private static String member(String json, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":(?:\"([^\"]*)\"|(-?\\d+))").matcher(json);
        if (!member.find())
            return null;
        return member.group(1) != null ? member.group(1).replace("\\/", "/") : member.group(2);
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
            .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    }
}
