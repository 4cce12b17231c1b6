"""Yaopai for tests in Python 3.9 and later: one file, the standard library alone. Copy it, or put its folder on the path.

    from yaopai import start_yaopai

    with start_yaopai() as platform:                 # a server of its own, or the one that YAOPAI_URL names
        with platform.create_world() as world:       # apps, people, clock and faults of one test alone
            code = world.sign_in("mainland", "openid profile")["code"]
            world.clock.advance(timedelta(minutes=6))    # the code is no longer good

The end of the first `with` ends what start_yaopai started, and nothing else. Any thread may use what is here.
docs/testing.md describes it.
"""

import atexit
import collections
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request

__all__ = ["start_yaopai", "Platform", "World", "YaopaiError"]

_READY = re.compile(r"Yaopai is ready, in \S+, at (http://127\.0\.0\.1:\d+)")
_LINES_KEPT = 40
_STOP_PATIENCE = 10
_CALL_PATIENCE = 100


class YaopaiError(Exception):
    """The sandbox refused a request, or the server did not start. `status` is the HTTP status where there was one."""

    def __init__(self, message, status=None):
        super().__init__(message)
        self.status = status


def start_yaopai(url=None, admin_key=None, server=None, args=(), log=None, patience=600):
    """Starts a server of its own over a temporary folder, or uses one that runs.

    url        a server that runs: it is used and left running. By default YAOPAI_URL.
    admin_key  its Admin:Key, which it asks for outside Development. By default YAOPAI_ADMIN_KEY.
    server     what to start: run.sh, the program Yaopai.Server, or Yaopai.Server.dll. By default YAOPAI_SERVER, else the
               nearest run.sh of Yaopai in a folder above this file or above the current one.
    args       further arguments of the server, such as "--seed", "seed.json".
    log        takes the lines of the server's log, in a thread of its own.
    patience   seconds until a start has failed; ten minutes, because run.sh may build first.
    """
    url = url or os.environ.get("YAOPAI_URL")
    if url:
        calls = _Calls(url, admin_key or os.environ.get("YAOPAI_ADMIN_KEY"))
        return Platform(calls, calls.send("GET", "/sandbox"), None)

    own = _Server(server or os.environ.get("YAOPAI_SERVER") or _find_run_script(), args, log, patience)
    try:
        calls = _Calls(own.address, None)
        return Platform(calls, calls.send("GET", "/sandbox"), own)
    except BaseException:
        own.stop()
        raise


class _Environment:
    """Apps, people, a clock, faults and a journal: of a world, or of the sandbox as a whole."""

    def __init__(self, calls, made, world):
        self._calls = calls
        self._world = world
        #: Where the server is, without a slash at the end.
        self.address = calls.address
        #: Each with name, client_id, client_secret, redirect_uri, surfaces, scopes; the demo app first.
        self.apps = made["apps"]
        #: The first app.
        self.app = self.apps[0]
        #: Each with name, role, password and more.
        self.users = [{"role": user["name"], **user} for user in made["users"]]
        self.clock = Clock(calls, world)
        self.faults = Faults(calls, world)

    def user(self, role):
        """The person of that role: "mainland"."""
        for user in self.users:
            if user["role"] == role:
                return user
        raise YaopaiError(f"There is nobody called {role}, but {', '.join(user['role'] for user in self.users)}.")

    def sign_in(self, role, scope=None, **more):
        """Signs a person in and has them consent, without a browser: a dict with code and redirect_to.

        more: surface ("huawei"), client_id, redirect_uri, state, nonce, code_challenge, …
        """
        return self._calls.send("POST", "/sandbox/authorize", self._asked(role, scope, more))

    def tokens(self, role, scope=None, **more):
        """The tokens that the code would give; of the app alone where role is None."""
        return self._calls.send("POST", "/sandbox/tokens", self._asked(role, scope, more))

    def withdraw(self, role, client_id=None):
        """The person takes back what they allowed the app. False where they had allowed nothing."""
        body = {"client_id": client_id or self.app["client_id"], "user": self._name(role)}
        return self._calls.send("POST", "/sandbox/withdraw", body)["withdrawn"]

    def requests(self, **query):
        """What came and what was answered, the newest first; in a world its apps' requests.

        query: operation, surface, code, status, since, limit
        """
        return self._calls.send("GET", self._path("/sandbox/requests", query))["requests"]

    def explain(self, answer):
        """Why a request was refused: the request as the journal has it, with "refusal" and its "reason".

        answer: what an HTTP client gave or raised, if it has headers; or the X-Request-Id
        """
        request_id = answer if isinstance(answer, str) else answer.headers.get("X-Request-Id")
        if not request_id:
            raise YaopaiError("An answer without X-Request-Id is no refusal of a surface.")
        return self._calls.send("GET", f"/sandbox/requests/{urllib.parse.quote(request_id, safe='')}")

    def coverage(self, **query):
        """Which documented errors were met: a dict with met, documented, operations.

        query: operations ("all"), surface, operation, audience
        """
        return self._calls.send("GET", self._path("/sandbox/coverage", {**query, "format": "json"}))

    def coverage_as_junit(self, **query):
        """The same as JUnit XML, for a CI."""
        return self._calls.send("GET", self._path("/sandbox/coverage", {**query, "format": "junit"}))

    def call(self, method, path, body=None):
        """Any other address of the sandbox: call("POST", "/sandbox/apps", {"client_id": 700000001})."""
        return self._calls.send(method, path, body)

    def _asked(self, role, scope, more):
        return {
            "surface": "huawei", "client_id": self.app["client_id"], "scope": scope, **more,
            "user": None if role is None else self._name(role),
        }

    def _name(self, role):
        """People of a seed, and those that a test made, have no role and are called by their names."""
        return next((user["name"] for user in self.users if user["role"] == role), role)

    def _path(self, path, query):
        return _with_query(path, {"world": self._world, **query})


class Platform(_Environment):
    """A server with a sandbox. start_yaopai makes one."""

    def __init__(self, calls, shown, server):
        super().__init__(calls, shown, None)
        self._server = server

    def create_world(self):
        """Makes a copy of the demo data for one test."""
        return World(self._calls, self._calls.send("POST", "/sandbox/worlds"))

    def reset(self):
        """Puts everything back to the beginning, worlds too."""
        self._calls.send("POST", "/sandbox/reset")

    def stop(self):
        """Ends the server that start_yaopai started, and removes its files; one that ran before goes on."""
        if self._server:
            self._server.stop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class World(_Environment):
    """A copy of the demo data for one test. A request belongs to the world whose client_id it names."""

    def __init__(self, calls, made):
        super().__init__(calls, made, made["id"])
        self.id = made["id"]
        #: The organisations at WeLink, each with id and domain.
        self.tenants = made["tenants"]

    def remove(self):
        """Removes all of it."""
        try:
            self._calls.send("DELETE", f"/sandbox/worlds/{self.id}")
        except YaopaiError as error:
            if error.status != 404:  # the sandbox was reset meanwhile
                raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()


class Clock:
    """The clock of a world, or of everything that is in none. It runs on from the time it was set to."""

    def __init__(self, calls, world):
        self._calls = calls
        self._world = world

    def now(self):
        """An aware datetime."""
        return _instant(self._calls.send("GET", self._path()))

    def advance(self, by):
        """by: a timedelta, or an ISO 8601 duration ("PT6M", "P180D", "-PT1H")."""
        return _instant(self._calls.send("POST", "/sandbox/clock", {"advance": _duration(by), "world": self._world}))

    def set(self, to):
        """to: an aware datetime between the years 2000 and 9000, or its text."""
        text = to if isinstance(to, str) else to.isoformat()
        return _instant(self._calls.send("POST", "/sandbox/clock", {"set": text, "world": self._world}))

    def reset(self):
        self._calls.send("DELETE", self._path())

    def _path(self):
        return _with_query("/sandbox/clock", {"world": self._world})


class Faults:
    """What is broken on purpose: in a world for its apps alone, else for everybody."""

    def __init__(self, calls, world):
        self._calls = calls
        self._world = world

    def add(self, **fault):
        """Breaks something, until it is removed or over: a dict with its id.

        fault: target, and error (a documented one) or fault (of /sandbox/faults/kinds); times, delay, seconds, probability,
        seed, client_id
        """
        if "delay" in fault:
            fault["delay"] = _duration(fault["delay"])
        return self._calls.send("POST", "/sandbox/faults", {**fault, "world": self._world})

    def list(self):
        """Those that are there, and how often each "struck"."""
        return [one for one in self._calls.send("GET", "/sandbox/faults")["faults"] if one["world"] == self._world]

    def remove(self, fault_id):
        self._calls.send("DELETE", f"/sandbox/faults/{fault_id}")

    def clear(self):
        self._calls.send("DELETE", _with_query("/sandbox/faults", {"world": self._world}))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class _Calls:
    """Speaks with the sandbox, past any proxy."""

    _opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)

    def __init__(self, url, key):
        self.address = url.rstrip("/")
        self._key = key

    def send(self, method, path, body=None):
        headers = {"Accept": "*/*"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps({name: value for name, value in body.items() if value is not None}).encode()
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        try:
            with self._opener.open(request, timeout=_CALL_PATIENCE) as answer:
                return self._read(answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                read = self._read(refusal)
            why = f"{read['title']}. {read['detail']}" if isinstance(read, dict) else f"HTTP {refusal.code} {read}"
            raise YaopaiError(f"{method} {path}: {why}", refusal.code) from None

    @staticmethod
    def _read(answer):
        text = answer.read().decode()
        return json.loads(text) if text and "json" in answer.headers.get("Content-Type", "") else text


class _Server:
    """A server of our own: a process, and a folder that goes with it."""

    def __init__(self, program, args, log, patience):
        self._kept = collections.deque(maxlen=_LINES_KEPT)
        self._log = log
        self._settled = threading.Event()
        self._lock = threading.Lock()
        self.address = None
        self._folder = tempfile.mkdtemp(prefix="yaopai-")
        self._process = None
        atexit.register(self._at_exit)
        try:
            self._process = subprocess.Popen(
                [
                    *(["dotnet", program] if str(program).endswith(".dll") else [str(pathlib.Path(program).resolve())]),
                    "--urls", "http://127.0.0.1:0", "--data", self._folder,
                    "--database", f"sqlite:{os.path.join(self._folder, 'yaopai.db')}",
                    "--Logging:LogLevel:Default=Information", *args,
                ],
                env=_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                encoding="utf-8", errors="replace")
            self._reader = threading.Thread(target=self._hear, daemon=True)
            self._reader.start()
            if not self._settled.wait(patience):
                raise self._failure(f"The server was not ready within {patience} s.")
            if self.address is None:
                raise self._failure(f"The server ended before it was ready ({self._process.wait()}).")
        except OSError as error:
            self.stop()
            raise YaopaiError(f"The server cannot be started: {error}") from error
        except BaseException:
            self.stop()
            raise

    def stop(self):
        atexit.unregister(self._at_exit)
        with self._lock:
            process, self._process = self._process, None
        if process:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(_STOP_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            self._reader.join()
            process.stdout.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _hear(self):
        """Reads until it is ready, and on, so that the pipe never fills."""
        for line in self._process.stdout:
            line = line.rstrip("\r\n")
            self._kept.append(line)
            if self._log:
                self._log(line)
            ready = self.address is None and _READY.search(line)
            if ready:
                self.address = ready.group(1)
                self._settled.set()
        self._settled.set()

    def _failure(self, why):
        return YaopaiError("\n".join([why, *self._kept]))

    def _at_exit(self):
        if self._process:
            self._process.kill()
        shutil.rmtree(self._folder, ignore_errors=True)


def _environment():
    """Ours, without settings that were meant for another server."""
    own = {name: value for name, value in os.environ.items() if not name.upper().startswith("YAOPAI_")}
    return {**own, "ASPNETCORE_ENVIRONMENT": "Development"}


def _find_run_script():
    for start in (pathlib.Path(__file__).resolve().parent, pathlib.Path.cwd()):
        for folder in (start, *start.parents):
            if (folder / "run.sh").exists() and (folder / "Yaopai.slnx").exists():
                return folder / "run.sh"
    raise YaopaiError("Which server? YAOPAI_SERVER names the run.sh of Yaopai or its program, YAOPAI_URL one that runs.")


def _with_query(path, query):
    given = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urllib.parse.urlencode(given)}" if given else path


def _duration(by):
    return f"{'-' if by < datetime.timedelta() else ''}PT{abs(by).total_seconds():f}S" if isinstance(by, datetime.timedelta) else by


def _instant(answer):
    # seven digits of a second, and the letter Z, are more than fromisoformat reads before 3.11
    whole, _, rest = answer["now"].partition(".")
    if not rest:
        return datetime.datetime.fromisoformat(whole.replace("Z", "+00:00"))
    digits = re.match(r"\d+", rest).group()
    return datetime.datetime.fromisoformat(f"{whole}.{digits[:6]:0<6}{rest[len(digits):].replace('Z', '+00:00')}")
