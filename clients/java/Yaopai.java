import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Yaopai for tests in Java 11 and later: one file, the JDK alone. Copy it among your tests.
 *
 * <pre>{@code
 * try (Yaopai.Platform platform = Yaopai.start();            // a server of its own, or the one that YAOPAI_URL names
 *      Yaopai.World world = platform.createWorld()) {        // apps, people, clock and faults of one test alone
 *     String code = world.signIn("mainland", "openid profile").at("code").text();
 *     world.clock.advance(Duration.ofMinutes(6));            // the code is no longer good
 * }
 * }</pre>
 *
 * The end of the platform ends what start() started, and nothing else. Any thread may use what is here.
 * docs/testing.md describes it.
 */
public final class Yaopai {
    private static final Pattern READY = Pattern.compile("Yaopai is ready, in \\S+, at (http://127\\.0\\.0\\.1:\\d+)");
    private static final int LINES_KEPT = 40;
    private static final int STOP_PATIENCE_SECONDS = 10;

    private Yaopai() {
    }

    /** Starts a server, or uses one, as the environment says: YAOPAI_URL, YAOPAI_SERVER. */
    public static Platform start() {
        return start(new Options());
    }

    /** Starts a server of its own over a temporary folder, or uses one that runs. */
    public static Platform start(Options options) {
        String url = options.url != null ? options.url : System.getenv("YAOPAI_URL");
        if (url != null && !url.isEmpty()) {
            Calls calls = new Calls(url, options.adminKey != null ? options.adminKey : System.getenv("YAOPAI_ADMIN_KEY"));
            return new Platform(calls, calls.send("GET", "/sandbox", null), null);
        }

        Server own = Server.start(options);
        try {
            Calls calls = new Calls(own.address, null);
            return new Platform(calls, calls.send("GET", "/sandbox", null), own);
        } catch (RuntimeException error) {
            own.stop();
            throw error;
        }
    }

    /** What start() is told; what is null comes from the environment. */
    public static final class Options {
        /** A server that runs: it is used and left running. By default YAOPAI_URL. */
        public String url;
        /** Its Admin:Key, which it asks for outside Development. By default YAOPAI_ADMIN_KEY. */
        public String adminKey;
        /**
         * What to start: run.sh, the program Yaopai.Server, or Yaopai.Server.dll. By default YAOPAI_SERVER, else the nearest run.sh
         * of Yaopai in a folder above the current one.
         */
        public String server;
        /** Further arguments of the server, such as {@code --seed}, {@code seed.json}. */
        public List<String> args = List.of();
        /** Takes the lines of the server's log, in a thread of its own. */
        public Consumer<String> log = line -> { };
        /** How long a start may take; ten minutes, because run.sh may build first. */
        public Duration patience = Duration.ofMinutes(10);
    }

    /** The sandbox refused a request, or the server did not start. */
    public static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;
        /** The HTTP status; 0 where nothing was asked over HTTP. */
        public final int status;

        Failure(String message, int status) {
            super(message);
            this.status = status;
        }
    }

    /** Apps, people, a clock, faults and a journal: of a world, or of the sandbox as a whole. */
    public abstract static class Environment {
        /** Where the server is, without a slash at the end. */
        public final String address;
        /** Each with name, client_id, client_secret, redirect_uri, surfaces, scopes; the demo app first. */
        public final List<Json> apps;
        /** The client id of the first app. */
        public final String clientId;
        /** The secret of the first app. */
        public final String clientSecret;
        /** Where the first app takes codes. */
        public final String redirectUri;
        /** Each with name, password and more; in a world with role. */
        public final List<Json> users;
        public final Clock clock;
        public final Faults faults;
        final Calls calls;
        private final String world;

        Environment(Calls calls, Json made, String world) {
            this.calls = calls;
            this.world = world;
            address = calls.address;
            apps = made.at("apps").list();
            clientId = apps.get(0).at("client_id").text();
            clientSecret = apps.get(0).at("client_secret").text();
            redirectUri = apps.get(0).at("redirect_uri").text();
            users = made.at("users").list();
            clock = new Clock(calls, world);
            faults = new Faults(calls, world);
        }

        /** The name of the person of that role; the role where nobody has it, for people of a seed. */
        public String user(String role) {
            return users.stream()
                .filter(user -> role.equals(user.at("role").isNull() ? user.at("name").text() : user.at("role").text()))
                .map(user -> user.at("name").text()).findFirst().orElse(role);
        }

        /** Signs a person in at Huawei Account and has them consent, without a browser: code and redirect_to. */
        public Json signIn(String role, String scope) {
            return signIn(role, scope, Map.of());
        }

        /** The same with surface, client_id, redirect_uri, state, nonce, code_challenge and so on. */
        public Json signIn(String role, String scope, Map<String, ?> more) {
            return calls.send("POST", "/sandbox/authorize", asked(role, scope, more));
        }

        /** The tokens that the code would give; of the app alone where the role is null. */
        public Json tokens(String role, String scope, Map<String, ?> more) {
            return calls.send("POST", "/sandbox/tokens", asked(role, scope, more));
        }

        /** The person takes back what they allowed the first app. False where they had allowed nothing. */
        public boolean withdraw(String role) {
            return calls.send("POST", "/sandbox/withdraw", Map.of("client_id", clientId, "user", user(role))).at("withdrawn").isTrue();
        }

        /** What came and what was answered, the newest first: operation, surface, code, status, since, limit. */
        public List<Json> requests(Map<String, ?> query) {
            return calls.send("GET", path("/sandbox/requests", query), null).at("requests").list();
        }

        /** Why a request was refused: the request as the journal has it, with refusal and its reason. */
        public Json explain(HttpResponse<?> answer) {
            return explain(answer.headers().firstValue("X-Request-Id")
                .orElseThrow(() -> new Failure("An answer without X-Request-Id is no refusal of a surface.", 0)));
        }

        /** The same by the X-Request-Id that the answer had. */
        public Json explain(String requestId) {
            return calls.send("GET", "/sandbox/requests/" + encode(requestId), null);
        }

        /** Which documented errors were met (met, documented, operations): operations ("all"), surface, operation, audience. */
        public Json coverage(Map<String, ?> query) {
            return calls.send("GET", path("/sandbox/coverage", with(query, "format", "json")), null);
        }

        /** The same as JUnit XML, for a CI. */
        public String coverageAsJUnit(Map<String, ?> query) {
            return calls.send("GET", path("/sandbox/coverage", with(query, "format", "junit")), null).text();
        }

        /** Any other address of the sandbox: call("POST", "/sandbox/apps", Map.of("client_id", 700000001)). */
        public Json call(String method, String path, Map<String, ?> body) {
            return calls.send(method, path, body);
        }

        private Map<String, Object> asked(String role, String scope, Map<String, ?> more) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("surface", "huawei");
            body.put("client_id", clientId);
            body.put("scope", scope);
            body.putAll(more);
            body.put("user", role == null ? null : user(role));
            return body;
        }

        private String path(String path, Map<String, ?> query) {
            return withQuery(path, with(query, "world", world));
        }
    }

    /** A server with a sandbox. */
    public static final class Platform extends Environment implements AutoCloseable {
        private final Server server;

        Platform(Calls calls, Json shown, Server server) {
            super(calls, shown, null);
            this.server = server;
        }

        /** Makes a copy of the demo data for one test. */
        public World createWorld() {
            return new World(calls, calls.send("POST", "/sandbox/worlds", null));
        }

        /** Puts everything back to the beginning, worlds too. */
        public void reset() {
            calls.send("POST", "/sandbox/reset", null);
        }

        /** Ends the server that start() started, and removes its files; one that ran before goes on. */
        @Override
        public void close() {
            if (server != null)
                server.stop();
        }
    }

    /** A copy of the demo data for one test. A request belongs to the world whose client_id it names. */
    public static final class World extends Environment implements AutoCloseable {
        public final String id;
        /** The organisations at WeLink, each with id and domain. */
        public final List<Json> tenants;

        World(Calls calls, Json made) {
            super(calls, made, made.at("id").text());
            id = made.at("id").text();
            tenants = made.at("tenants").list();
        }

        /** Removes all of it. */
        @Override
        public void close() {
            try {
                calls.send("DELETE", "/sandbox/worlds/" + id, null);
            } catch (Failure error) {
                if (error.status != 404) // the sandbox was reset meanwhile
                    throw error;
            }
        }
    }

    /** The clock of a world, or of everything that is in none. It runs on from the time it was set to. */
    public static final class Clock {
        private final Calls calls;
        private final String world;

        Clock(Calls calls, String world) {
            this.calls = calls;
            this.world = world;
        }

        public Instant now() {
            return instant(calls.send("GET", path(), null));
        }

        /** Moves it on, or back where the duration is negative; answers what time it is then. */
        public Instant advance(Duration by) {
            return instant(calls.send("POST", "/sandbox/clock", with(Map.of("advance", iso(by)), "world", world)));
        }

        /** Sets it to an instant between the years 2000 and 9000. */
        public Instant set(Instant to) {
            return instant(calls.send("POST", "/sandbox/clock", with(Map.of("set", to.toString()), "world", world)));
        }

        public void reset() {
            calls.send("DELETE", path(), null);
        }

        private String path() {
            return withQuery("/sandbox/clock", with(Map.of(), "world", world));
        }

        private static Instant instant(Json answer) {
            return OffsetDateTime.parse(answer.at("now").text()).toInstant();
        }

        /** Java writes a sign before each part, which nobody else reads. */
        private static String iso(Duration by) {
            return by.isNegative() ? "-" + by.negated() : by.toString();
        }
    }

    /** What is broken on purpose: in a world for its apps alone, else for everybody. */
    public static final class Faults {
        private final Calls calls;
        private final String world;

        Faults(Calls calls, String world) {
            this.calls = calls;
            this.world = world;
        }

        /**
         * Breaks something, until it is removed or over: target, and error (a documented one) or fault (of /sandbox/faults/kinds);
         * times, delay, seconds, probability, seed, client_id. Answers the fault with its id.
         */
        public Json add(Map<String, ?> fault) {
            return calls.send("POST", "/sandbox/faults", with(fault, "world", world));
        }

        /** Those that are there, and how often each struck. */
        public List<Json> list() {
            return calls.send("GET", "/sandbox/faults", null).at("faults").list().stream()
                .filter(fault -> fault.at("world").isNull() ? world == null : fault.at("world").text().equals(world))
                .collect(Collectors.toList());
        }

        public void remove(long id) {
            calls.send("DELETE", "/sandbox/faults/" + id, null);
        }

        public void clear() {
            calls.send("DELETE", withQuery("/sandbox/faults", with(Map.of(), "world", world)), null);
        }
    }

    /** A value of JSON. */
    public static final class Json {
        private static final Json NULL = new Json(null);
        private final Object value;

        private Json(Object value) {
            this.value = value;
        }

        public static Json parse(String text) {
            return new Json(new JsonReader(text).readAll());
        }

        /** The member of that name; null where there is none. */
        public Json at(String... names) {
            Json at = this;
            for (String name : names)
                at = at.value instanceof Map ? new Json(((Map<?, ?>) at.value).get(name)) : NULL;
            return at;
        }

        public Json at(int index) {
            return list().get(index);
        }

        public boolean isNull() {
            return value == null;
        }

        public boolean isTrue() {
            return Boolean.TRUE.equals(value);
        }

        /** The text, or the number as text; null for null. */
        public String text() {
            return value == null ? null : value instanceof Double ? number((Double) value) : value.toString();
        }

        public double number() {
            return (Double) value;
        }

        public List<Json> list() {
            return value == null ? List.of() : ((List<?>) value).stream().map(Json::new).collect(Collectors.toList());
        }

        @Override
        public String toString() {
            return write(value);
        }

        static String write(Object value) {
            if (value == null || value instanceof Boolean)
                return String.valueOf(value);
            if (value instanceof Json)
                return value.toString();
            if (value instanceof Number)
                return number(((Number) value).doubleValue());
            if (value instanceof Map)
                return ((Map<?, ?>) value).entrySet().stream()
                    .filter(one -> one.getValue() != null)
                    .map(one -> quote(one.getKey().toString()) + ":" + write(one.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
            if (value instanceof Iterable) {
                List<String> items = new ArrayList<>();
                ((Iterable<?>) value).forEach(item -> items.add(write(item)));
                return "[" + String.join(",", items) + "]";
            }
            return quote(value.toString());
        }

        private static String number(double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : Double.toString(number);
        }

        private static String quote(String text) {
            StringBuilder quoted = new StringBuilder("\"");
            for (char c : text.toCharArray()) {
                if (c == '"' || c == '\\')
                    quoted.append('\\').append(c);
                else if (c < ' ')
                    quoted.append(String.format("\\u%04x", (int) c));
                else
                    quoted.append(c);
            }
            return quoted.append('"').toString();
        }
    }

    /** Reads JSON (RFC 8259): the JDK has nothing that does. */
    private static final class JsonReader {
        private final String text;
        private int at;

        JsonReader(String text) {
            this.text = text;
        }

        Object readAll() {
            Object value = readValue();
            skipSpace();
            if (at < text.length())
                throw broken();
            return value;
        }

        private Object readValue() {
            skipSpace();
            switch (peek()) {
                case '{':
                    return readObject();
                case '[':
                    return readArray();
                case '"':
                    return readText();
                case 't':
                    return readWord("true", true);
                case 'f':
                    return readWord("false", false);
                case 'n':
                    return readWord("null", null);
                default:
                    return readNumber();
            }
        }

        private Map<String, Object> readObject() {
            Map<String, Object> members = new LinkedHashMap<>();
            at++;
            skipSpace();
            if (take('}'))
                return members;
            do {
                skipSpace();
                String name = readText();
                skipSpace();
                require(':');
                members.put(name, readValue());
                skipSpace();
            } while (take(','));
            require('}');
            return members;
        }

        private List<Object> readArray() {
            List<Object> items = new ArrayList<>();
            at++;
            skipSpace();
            if (take(']'))
                return items;
            do {
                items.add(readValue());
                skipSpace();
            } while (take(','));
            require(']');
            return items;
        }

        private String readText() {
            StringBuilder read = new StringBuilder();
            require('"');
            while (!take('"')) {
                char c = next();
                read.append(c == '\\' ? readEscaped() : c);
            }
            return read.toString();
        }

        private char readEscaped() {
            char c = next();
            switch (c) {
                case 'b':
                    return '\b';
                case 'f':
                    return '\f';
                case 'n':
                    return '\n';
                case 'r':
                    return '\r';
                case 't':
                    return '\t';
                case 'u':
                    at += 4;
                    if (at > text.length())
                        throw broken();
                    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
                default:
                    return c;
            }
        }

        private Object readWord(String word, Object value) {
            if (!text.startsWith(word, at))
                throw broken();
            at += word.length();
            return value;
        }

        private Double readNumber() {
            int from = at;
            while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0)
                at++;
            if (from == at)
                throw broken();
            return Double.valueOf(text.substring(from, at));
        }

        private void skipSpace() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0)
                at++;
        }

        private char peek() {
            if (at >= text.length())
                throw broken();
            return text.charAt(at);
        }

        private char next() {
            char c = peek();
            at++;
            return c;
        }

        private boolean take(char c) {
            if (at >= text.length() || text.charAt(at) != c)
                return false;
            at++;
            return true;
        }

        private void require(char c) {
            if (!take(c))
                throw broken();
        }

        private Failure broken() {
            return new Failure("No JSON, at character " + at + ": " + text, 0);
        }
    }

    /** Speaks with the sandbox. */
    static final class Calls {
        private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build();
        final String address;
        private final String key;

        Calls(String url, String key) {
            address = url.replaceAll("/+$", "");
            this.key = key;
        }

        Json send(String method, String path, Map<String, ?> body) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(100));
            if (key != null)
                request.header("Authorization", "Bearer " + key);
            if (body != null)
                request.header("Content-Type", "application/json");
            request.method(method, body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(Json.write(body)));
            HttpResponse<String> answer = await(request.build());
            boolean isJson = answer.headers().firstValue("Content-Type").orElse("").contains("json");
            Json read = isJson && !answer.body().isEmpty() ? Json.parse(answer.body()) : new Json(answer.body());
            if (answer.statusCode() / 100 != 2) {
                String why = isJson
                    ? read.at("title").text() + ". " + read.at("detail").text()
                    : "HTTP " + answer.statusCode() + " " + answer.body();
                throw new Failure(method + " " + path + ": " + why, answer.statusCode());
            }
            return read;
        }

        private static HttpResponse<String> await(HttpRequest request) {
            try {
                return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            } catch (InterruptedException error) {
                Thread.currentThread().interrupt();
                throw new Failure("Interrupted.", 0);
            }
        }
    }

    /** A server of our own: a process, and a folder that goes with it. */
    private static final class Server {
        private final Deque<String> kept = new ArrayDeque<>();
        private final CompletableFuture<String> ready = new CompletableFuture<>();
        private final Path folder;
        private final Thread atExit = new Thread(this::end);
        private Process process;
        String address;

        private Server(Path folder) {
            this.folder = folder;
        }

        static Server start(Options options) {
            try {
                String named = options.server != null ? options.server : System.getenv("YAOPAI_SERVER");
                Path program = named != null ? Paths.get(named).toAbsolutePath() : findRunScript();
                Server server = new Server(Files.createTempDirectory("yaopai-"));
                Runtime.getRuntime().addShutdownHook(server.atExit);
                try {
                    server.run(program, options);
                    return server;
                } catch (RuntimeException | IOException error) {
                    server.stop();
                    throw error;
                }
            } catch (IOException error) {
                throw new Failure("The server cannot be started: " + error.getMessage(), 0);
            }
        }

        private void run(Path program, Options options) throws IOException {
            List<String> command = new ArrayList<>();
            if (program.toString().endsWith(".dll"))
                command.add("dotnet");
            command.addAll(List.of(
                program.toString(), "--urls", "http://127.0.0.1:0", "--data", folder.toString(),
                "--database", "sqlite:" + folder.resolve("yaopai.db"), "--Logging:LogLevel:Default=Information"));
            command.addAll(options.args);
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // Settings that were meant for another server stay outside.
            builder.environment().keySet().removeIf(name -> name.toUpperCase(Locale.ROOT).startsWith("YAOPAI_"));
            builder.environment().put("ASPNETCORE_ENVIRONMENT", "Development");
            process = builder.start();
            process.getOutputStream().close();
            Thread reader = new Thread(() -> hear(options.log), "yaopai");
            reader.setDaemon(true);
            reader.start();
            try {
                address = ready.get(options.patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                throw failure("The server was not ready within " + options.patience + ".");
            } catch (ExecutionException ended) {
                throw failure("The server ended before it was ready.");
            } catch (InterruptedException error) {
                Thread.currentThread().interrupt();
                throw failure("Interrupted.");
            }
        }

        /** Reads what it prints until it is ready, and on, so that the pipe never fills. */
        private void hear(Consumer<String> log) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    synchronized (kept) {
                        kept.add(line);
                        if (kept.size() > LINES_KEPT)
                            kept.remove();
                    }
                    log.accept(line);
                    Matcher found = READY.matcher(line);
                    if (found.find())
                        ready.complete(found.group(1));
                }
            } catch (IOException error) {
                // it was ended while it was read
            }
            ready.completeExceptionally(new Failure("It ended.", 0));
        }

        private Failure failure(String why) {
            synchronized (kept) {
                return new Failure(why + "\n" + String.join("\n", kept), 0);
            }
        }

        void stop() {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException error) {
                return; // the program is ending, and the hook does it
            }
            end();
        }

        private void end() {
            try {
                if (process != null) {
                    process.destroy();
                    if (!process.waitFor(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS))
                        process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException error) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }

        private static Path findRunScript() {
            for (Path at = Paths.get("").toAbsolutePath(); at != null; at = at.getParent())
                if (Files.exists(at.resolve("run.sh")) && Files.exists(at.resolve("Yaopai.slnx")))
                    return at.resolve("run.sh");
            throw new Failure("Which server? YAOPAI_SERVER names the run.sh of Yaopai or its program, YAOPAI_URL one that runs.", 0);
        }
    }

    private static Map<String, Object> with(Map<String, ?> given, String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(given);
        if (value != null)
            all.put(name, value);
        return all;
    }

    private static String withQuery(String path, Map<String, ?> query) {
        String given = query.entrySet().stream()
            .filter(one -> one.getValue() != null)
            .map(one -> one.getKey() + "=" + encode(one.getValue().toString()))
            .collect(Collectors.joining("&"));
        return given.isEmpty() ? path : path + "?" + given;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
