"""python3 samples/SignIn/python/test_huawei_account.py: the tests beside each other, in threads, against one server.

Any other runner takes them too: python3 -m unittest, pytest.
"""

import concurrent.futures
import datetime
import pathlib
import sys
import unittest
import urllib.error
import urllib.request

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[3] / "clients" / "python")]

from huawei_account import HuaweiAccount, SignInError  # noqa: E402
from yaopai import start_yaopai  # noqa: E402

platform = None


def setUpModule():
    global platform
    platform = start_yaopai()


def tearDownModule():
    platform.stop()


class HuaweiAccountTests(unittest.TestCase):
    def setUp(self):
        self.world = platform.create_world()
        self.addCleanup(self.world.remove)
        self.account = HuaweiAccount(self.world.address, self.world.app["client_id"], self.world.app["client_secret"])

    def code(self):
        return self.world.sign_in("mainland", "openid profile")["code"]

    def refused(self, number, call, *args):
        with self.assertRaises(SignInError) as raised:
            call(*args)
        self.assertEqual(raised.exception.number, number)
        return raised.exception

    def test_signs_a_person_in_and_shows_their_name(self):
        session = self.account.sign_in(self.code())
        self.assertEqual(self.account.name(session), "小明")

    def test_refuses_a_code_that_was_used(self):
        code = self.code()
        self.account.sign_in(code)
        self.assertTrue(self.refused("1101/20156", self.account.sign_in, code).must_sign_in_again)
        errors = self.world.coverage(operation="huawei.token")["operations"][0]["errors"]
        self.assertEqual([error["count"] for error in errors if error["name"] == "CodeUsed"], [1])

    def test_asks_to_sign_in_again_when_the_code_expired(self):
        code = self.code()
        self.world.clock.advance(datetime.timedelta(minutes=6))
        self.assertTrue(self.refused("1101/20155", self.account.sign_in, code).must_sign_in_again)

    def test_refreshes_a_token_that_expired(self):
        session = self.account.sign_in(self.code())
        first = session.access_token
        self.world.clock.advance(datetime.timedelta(minutes=61))
        self.assertEqual(self.account.name(session), "小明")
        self.assertNotEqual(session.access_token, first)

    def test_asks_to_sign_in_again_when_the_person_withdrew(self):
        session = self.account.sign_in(self.code())
        self.world.withdraw("mainland")
        self.assertTrue(self.refused("1203/31204", self.account.name, session).must_sign_in_again)

    def test_names_a_wrong_secret(self):
        wrong = HuaweiAccount(self.world.address, self.world.app["client_id"], "0" * 64)
        refused = self.refused("1203/12304", wrong.sign_in, self.code())
        refusal = self.world.explain(refused.request_id)["refusal"]
        self.assertEqual(refusal["error"], "ClientSecretIncorrect")
        self.assertTrue(refusal["reason"]["text"])

    def test_names_a_redirect_uri_that_is_not_registered(self):
        with self.assertRaises(urllib.error.HTTPError) as raised:
            urllib.request.urlopen(self.account.authorize_address("https://demo.example/callbac", "s1"))
        with raised.exception as answer:
            refusal = self.world.explain(answer)["refusal"]
        self.assertEqual(refusal["reason"]["nearest"], "https://demo.example/callback")

    def test_tries_again_when_the_platform_is_busy(self):
        self.world.faults.add(target="huawei.token", error="http/503", times=1)
        session = self.account.sign_in(self.code())
        self.assertEqual(self.account.name(session), "小明")

    def test_refuses_an_answer_without_a_token(self):
        self.world.faults.add(target="huawei.token", fault="missing-access-token")
        self.refused("no access_token", self.account.sign_in, self.code())

    def test_asks_to_sign_in_again_when_the_answer_was_lost(self):
        self.world.faults.add(target="huawei.token", fault="lost-answer", times=1)
        code = self.code()
        self.assertTrue(self.refused("no answer", self.account.sign_in, code).must_sign_in_again)
        self.refused("1101/20156", self.account.sign_in, code)  # it was carried out


def main():
    """Each test in a thread of its own, with a result of its own."""
    tests = list(unittest.defaultTestLoader.loadTestsFromTestCase(HuaweiAccountTests))
    setUpModule()
    try:
        with concurrent.futures.ThreadPoolExecutor(len(tests)) as threads:
            results = list(threads.map(lambda test: test.run(), tests))
    finally:
        tearDownModule()

    failed = 0
    for test, result in zip(tests, results):
        broken = result.failures + result.errors
        failed += bool(broken)
        print(f"{'not ok' if broken else 'ok'} - {test.id().rpartition('.')[2]}", *(text for _, text in broken), sep="\n")
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
