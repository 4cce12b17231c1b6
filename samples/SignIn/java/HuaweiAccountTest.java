import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Each test in a thread and a world of its own, against one server; JUnit runs such tests as well.
 *
 * <pre>
 * javac -d out clients/java/Yaopai.java samples/SignIn/java/*.java
 * java -cp out HuaweiAccountTest
 * </pre>
 */
final class HuaweiAccountTest {
    private final Yaopai.World world;
    private final HuaweiAccount account;

    private HuaweiAccountTest(Yaopai.World world) {
        this.world = world;
        account = new HuaweiAccount(world.address, world.clientId, world.clientSecret);
    }

    void signsAPersonInAndShowsTheirName() throws Exception {
        HuaweiAccount.Session session = account.signIn(code());
        equal("小明", account.name(session));
    }

    void refusesACodeThatWasUsed() throws Exception {
        String code = code();
        account.signIn(code);
        equal(true, refused("1101/20156", () -> account.signIn(code)).mustSignInAgain);
        List<Yaopai.Json> errors = world.coverage(Map.of("operation", "huawei.token")).at("operations").at(0).at("errors").list();
        equal(1.0, errors.stream().filter(error -> error.at("name").text().equals("CodeUsed")).findFirst().get().at("count").number());
    }

    void asksToSignInAgainWhenTheCodeExpired() throws Exception {
        String code = code();
        world.clock.advance(Duration.ofMinutes(6));
        equal(true, refused("1101/20155", () -> account.signIn(code)).mustSignInAgain);
    }

    void refreshesATokenThatExpired() throws Exception {
        HuaweiAccount.Session session = account.signIn(code());
        String first = session.accessToken;
        world.clock.advance(Duration.ofMinutes(61));
        equal("小明", account.name(session));
        equal(false, first.equals(session.accessToken));
    }

    void asksToSignInAgainWhenThePersonWithdrew() throws Exception {
        HuaweiAccount.Session session = account.signIn(code());
        world.withdraw("mainland");
        equal(true, refused("1203/31204", () -> account.name(session)).mustSignInAgain);
    }

    void namesAWrongSecret() throws Exception {
        HuaweiAccount wrong = new HuaweiAccount(world.address, world.clientId, "0".repeat(64));
        String code = code();
        Yaopai.Json refusal = world.explain(refused("1203/12304", () -> wrong.signIn(code)).requestId).at("refusal");
        equal("ClientSecretIncorrect", refusal.at("error").text());
        equal(false, refusal.at("reason", "text").isNull());
    }

    void namesARedirectUriThatIsNotRegistered() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(
            HttpRequest.newBuilder(account.authorizeAddress("https://demo.example/callbac", "s1")).build(),
            HttpResponse.BodyHandlers.ofString());
        equal("https://demo.example/callback", world.explain(answer).at("refusal", "reason", "nearest").text());
    }

    void triesAgainWhenThePlatformIsBusy() throws Exception {
        world.faults.add(Map.of("target", "huawei.token", "error", "http/503", "times", 1));
        HuaweiAccount.Session session = account.signIn(code());
        equal("小明", account.name(session));
    }

    void refusesAnAnswerWithoutAToken() throws Exception {
        world.faults.add(Map.of("target", "huawei.token", "fault", "missing-access-token"));
        refused("no access_token", () -> account.signIn(code()));
    }

    void asksToSignInAgainWhenTheAnswerWasLost() throws Exception {
        world.faults.add(Map.of("target", "huawei.token", "fault", "lost-answer", "times", 1));
        String code = code();
        equal(true, refused("no answer", () -> account.signIn(code)).mustSignInAgain);
        refused("1101/20156", () -> account.signIn(code)); // it was carried out
    }

    private String code() {
        return world.signIn("mainland", "openid profile").at("code").text();
    }

    private static HuaweiAccount.SignInException refused(String number, Callable<?> call) throws Exception {
        try {
            call.call();
        } catch (HuaweiAccount.SignInException error) {
            equal(number, error.number);
            return error;
        }
        throw new AssertionError("Nothing was refused; expected " + number + ".");
    }

    private static void equal(Object expected, Object actual) {
        if (!Objects.equals(expected, actual))
            throw new AssertionError("expected " + expected + ", but it is " + actual);
    }

    @FunctionalInterface
    private interface Test {
        void run(HuaweiAccountTest in) throws Exception;
    }

    private static Map<String, Test> all() {
        Map<String, Test> tests = new LinkedHashMap<>();
        tests.put("signs a person in and shows their name", HuaweiAccountTest::signsAPersonInAndShowsTheirName);
        tests.put("refuses a code that was used", HuaweiAccountTest::refusesACodeThatWasUsed);
        tests.put("asks to sign in again when the code expired", HuaweiAccountTest::asksToSignInAgainWhenTheCodeExpired);
        tests.put("refreshes a token that expired", HuaweiAccountTest::refreshesATokenThatExpired);
        tests.put("asks to sign in again when the person withdrew", HuaweiAccountTest::asksToSignInAgainWhenThePersonWithdrew);
        tests.put("names a wrong secret", HuaweiAccountTest::namesAWrongSecret);
        tests.put("names a redirect URI that is not registered", HuaweiAccountTest::namesARedirectUriThatIsNotRegistered);
        tests.put("tries again when the platform is busy", HuaweiAccountTest::triesAgainWhenThePlatformIsBusy);
        tests.put("refuses an answer without a token", HuaweiAccountTest::refusesAnAnswerWithoutAToken);
        tests.put("asks to sign in again when the answer was lost", HuaweiAccountTest::asksToSignInAgainWhenTheAnswerWasLost);
        return tests;
    }

    public static void main(String[] args) throws InterruptedException {
        Map<String, Test> tests = all();
        ExecutorService threads = Executors.newFixedThreadPool(tests.size());
        int failed = 0;
        try (Yaopai.Platform platform = Yaopai.start()) {
            List<Future<?>> running = new ArrayList<>();
            for (Test test : tests.values())
                running.add(threads.submit(() -> {
                    try (Yaopai.World world = platform.createWorld()) {
                        test.run(new HuaweiAccountTest(world));
                    }
                    return null;
                }));
            int at = 0;
            for (String name : tests.keySet()) {
                try {
                    running.get(at++).get();
                    System.out.println("ok - " + name);
                } catch (ExecutionException error) {
                    failed++;
                    System.out.println("not ok - " + name + ": " + error.getCause());
                }
            }
        } finally {
            threads.shutdown();
        }
        System.out.println((tests.size() - failed) + " passed, " + failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }
}
