"""libcurl, spoken to from here only.

What it does that one would not expect (measured on libcurl 8.23 and pycurl 7.49):

- it obeys ``http_proxy`` and its kin unless the proxy is set, to ``""`` for none;
- it sends a request again, up to five times, when a kept connection breaks before the first byte: a server that
  stalls would see several. ``PREREQFUNCTION`` is called for each, and only the first is let through;
- connections are kept for 118 s, longer than most servers do; see :data:`KEPT_IDLE`;
- an answer that ends inside its head counts as whole, with status 200 and no body;
- trailers and a proxy's own head arrive through the same callback as the head;
- nothing can be asked of a handle (``getinfo``) inside its callbacks, and what they raise is printed, not raised;
- a socket object given to it is copied and left open; a bare file descriptor becomes its own (since pycurl 7.46, which
  is the oldest that will do);
- closing waits for name look-ups still under way: 10 s with a dead resolver.

pycurl's own ``AsyncCurlMulti`` costs 167 us of CPU a request, as asyncio registers and forgets every socket for every
request; the sockets in an epoll set of their own, of which asyncio sees one descriptor, 66 us (1000 loopback requests).
"""

from __future__ import annotations

import asyncio
import select
import socket
import threading
from math import inf

import pycurl

from advisoryd.fetch import headers
from advisoryd.fetch.urls import origin
from advisoryd.fetch.wire import Answer, Call, Fault, refused
from advisoryd.model.outcome import Trouble

MAX_HEAD = 64 * 1024
"""The most bytes of head that are taken; libcurl's own limit is 300 KiB."""

KEPT_IDLE = 4
"""Seconds after which an idle connection is not used again. Many servers close theirs after 5, and a request that
meets the closing is lost; within one poll the requests to one host follow each other sooner than this."""

_OPTIONS: tuple[tuple[int, object], ...] = (
    (pycurl.NOSIGNAL, 1),
    (pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
    (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS),
    (pycurl.HTTP_CONTENT_DECODING, 0),
    (pycurl.FOLLOWLOCATION, 0),
    (pycurl.NETRC, pycurl.NETRC_IGNORED),
    (pycurl.NOPROXY, ""),
    (pycurl.MAXAGE_CONN, KEPT_IDLE),
    (pycurl.BUFFERSIZE, 64 * 1024),
)

_TLS = frozenset(
    {
        pycurl.E_SSL_CONNECT_ERROR,
        pycurl.E_PEER_FAILED_VERIFICATION,
        pycurl.E_SSL_CACERT_BADFILE,
        pycurl.E_SSL_CERTPROBLEM,
        pycurl.E_SSL_CIPHER,
        pycurl.E_SSL_ISSUER_ERROR,
        pycurl.E_SSL_INVALIDCERTSTATUS,
        pycurl.E_SSL_ENGINE_INITFAILED,
        pycurl.E_USE_SSL_FAILED,
    }
)
_NONSENSE = frozenset({pycurl.E_UNSUPPORTED_PROTOCOL, pycurl.E_FTP_WEIRD_SERVER_REPLY, pycurl.E_BAD_CONTENT_ENCODING})
_OWN_DOING = frozenset({pycurl.E_WRITE_ERROR, pycurl.E_ABORTED_BY_CALLBACK})


class Handle:
    """One easy handle, used again and again, and what its callbacks saw of the present transfer."""

    def __init__(self) -> None:
        self.easy = pycurl.Curl()
        for option, value in _OPTIONS:
            self.easy.setopt(option, value)
        self.easy.setopt(pycurl.PROXY, "")
        self._proxy, self._connect = "", 0.0
        self.easy.setopt(pycurl.OPENSOCKETFUNCTION, self._on_open)
        self.easy.setopt(pycurl.PREREQFUNCTION, self._on_request)
        self.easy.setopt(pycurl.HEADERFUNCTION, self._on_head)
        self.easy.setopt(pycurl.WRITEFUNCTION, self._on_body)

    def arm(self, call: Call) -> None:
        """Make ready for ``call``."""
        self._call = call
        self._lines: list[bytes] = []
        self._chunks: list[bytes] = []
        self._room, self._head_room = call.cap, MAX_HEAD
        self._sent = False
        self._fault: Fault | None = None
        self._obstacle: Fault | None = None
        self._bug: Exception | None = None
        setopt = self.easy.setopt
        setopt(pycurl.URL, call.url)
        setopt(pycurl.HTTPHEADER, call.lines)
        setopt(pycurl.TIMEOUT_MS, max(int(call.patience * 1000), 1))
        if call.proxy != self._proxy:
            setopt(pycurl.PROXY, call.proxy)
            self._proxy = call.proxy
        if call.connect != self._connect:
            setopt(pycurl.CONNECTTIMEOUT_MS, max(int(call.connect * 1000), 1))
            self._connect = call.connect
        if call.body is not None:
            setopt(pycurl.POSTFIELDS, call.body)
        if not self.plain:
            setopt(pycurl.CUSTOMREQUEST, call.method)

    @property
    def plain(self) -> bool:
        """Whether the present call leaves nothing behind that the next would have to undo."""
        return self._call.method == "GET" and self._call.body is None

    def perform(self, call: Call) -> Answer:
        """Carry ``call`` out and wait for it."""
        self.arm(call)
        try:
            self.easy.perform()
        except pycurl.error as error:
            return self.answer(error.args)
        return self.answer(None)

    def answer(self, error: tuple[int, str] | tuple[str] | None) -> Answer:
        """What came of it, ``error`` being what libcurl said. Raises what a callback raised."""
        if self._bug is not None:
            raise self._bug
        head = headers.parse(self._lines)
        fault = self._fault
        if fault is None and error is not None:
            fault = self._translated(*error)
        if fault is None and not head.whole:
            fault = Fault(Trouble.TRUNCATED, f"The answer of {self._host} breaks off inside its headers.")
        body = b"".join(self._chunks)
        self._chunks.clear()
        return Answer(head, body, fault, self._sent)

    # -- what libcurl asks in between

    def _on_open(self, _purpose: int, peer: pycurl.CurlSockAddr) -> int:
        try:
            if self._may_reach(str(peer.addr[0])):
                return socket.socket(peer.family, peer.socktype, peer.protocol).detach()
        except OSError as error:  # no descriptor left, or no IPv6 here: another address may do
            self._obstacle = Fault(Trouble.UNREACHABLE, f"No socket for {self._host} could be had: {error.strerror}.")
        except Exception as bug:
            self._bug = bug
        return pycurl.SOCKET_BAD

    def _on_request(self, peer: str, _own: str, _peer_port: int, _own_port: int) -> int:
        try:
            if self._sent:
                self._fault = Fault(Trouble.UNREACHABLE, f"{self._host} closed the connection without an answer.")
            elif self._may_reach(peer):
                self._sent = True
                return pycurl.PREREQFUNC_OK
            else:
                self._fault = self._obstacle
        except Exception as bug:
            self._bug = bug
        return pycurl.PREREQFUNC_ABORT

    def _may_reach(self, address: str) -> bool:
        if self._call.proxy:  # the address is the proxy's, which the operator named
            return True
        reason = self._call.guard.refusal(address)
        if reason:
            self._obstacle = refused(self._host, reason)
        return not reason

    def _on_head(self, line: bytes) -> int | None:
        self._head_room -= len(line)
        if self._head_room < 0:
            self._fault = Fault(Trouble.TOO_LARGE, f"{self._host} sent more than {MAX_HEAD:,} bytes of headers.")
            return 0
        self._lines.append(line)
        return None

    def _on_body(self, data: bytes) -> int | None:
        self._chunks.append(data)
        self._room -= len(data)
        if self._room < 0:
            self._fault = Fault(Trouble.TOO_LARGE, f"The answer is larger than {self._call.cap:,} bytes.")
            return 0
        return None

    # -- what libcurl says in the end

    @property
    def _host(self) -> str:
        return origin(self._call.url).host

    def _translated(self, code: int | str, message: str = "") -> Fault:
        host = self._host
        if code == pycurl.E_COULDNT_CONNECT and self._obstacle is not None:
            return self._obstacle
        if code in _OWN_DOING or isinstance(code, str):
            raise RuntimeError(f"libcurl stopped for a reason of ours that was not noted: {message or code}")
        if code in {pycurl.E_COULDNT_RESOLVE_HOST, pycurl.E_COULDNT_RESOLVE_PROXY}:
            name = "proxy's name" if code == pycurl.E_COULDNT_RESOLVE_PROXY else f"name {host}"
            return Fault(Trouble.UNREACHABLE, f"The {name} could not be resolved.")
        if code == pycurl.E_OPERATION_TIMEDOUT:
            return self._too_slow()
        if code in _TLS:
            return Fault(Trouble.TLS, f"The secure connection to {host} failed: {message.rstrip('.')}.")
        if code in _NONSENSE:
            return Fault(Trouble.GARBLED, f"{host} answered with something that is not HTTP: {message.rstrip('.')}.")
        if self._lines:
            return Fault(Trouble.TRUNCATED, f"The answer of {host} breaks off.")
        if self._sent:
            return Fault(Trouble.UNREACHABLE, f"{host} closed the connection without an answer.")
        return Fault(Trouble.UNREACHABLE, f"No connection to {host} could be made.")

    def _too_slow(self) -> Fault:
        if not self._sent:
            return Fault(Trouble.TIMEOUT, f"No connection to {self._host} came about in time.")
        what = "finish its answer" if self._lines else "answer"
        return Fault(Trouble.TIMEOUT, f"{self._host} did not {what} in time.")


class Driver:
    """Many transfers at once on asyncio's loop. To be made, used and closed on that loop."""

    def __init__(self, keep: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._keep = keep
        self._idle: list[Handle] = []
        self._waiting: dict[pycurl.Curl, asyncio.Future[tuple[int, str] | None]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._rings = inf
        self._due = inf
        self._sockets = select.epoll()
        self._watched: set[int] = set()
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._on_socket)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._on_timer)
        self._loop.add_reader(self._sockets.fileno(), self._on_events)

    async def exchange(self, call: Call) -> Answer:
        """Carry ``call`` out. Cancelling it breaks the connection."""
        handle = self._idle.pop() if self._idle else Handle()
        handle.arm(call)
        self._multi.add_handle(handle.easy)
        done = self._waiting[handle.easy] = self._loop.create_future()
        try:
            return handle.answer(await done)
        finally:
            self._forget(handle.easy)
            self._put_back(handle)

    async def close(self) -> None:
        """Break off what is under way and let go of all connections, on a thread of its own as that may take long."""
        for easy, done in list(self._waiting.items()):
            self._forget(easy)
            done.cancel()
        if self._timer is not None:
            self._timer.cancel()
        self._loop.remove_reader(self._sockets.fileno())
        while self._idle:
            self._idle.pop().easy.close()
        await asyncio.to_thread(self._multi.close)
        self._sockets.close()

    # -- what libcurl wants watched

    def _on_socket(self, what: int, descriptor: int, _multi: pycurl.CurlMulti, _data: object) -> None:
        if what == pycurl.POLL_REMOVE:
            self._watched.discard(descriptor)
            self._sockets.unregister(descriptor)
            return
        interest = (what & pycurl.POLL_IN and select.EPOLLIN) | (what & pycurl.POLL_OUT and select.EPOLLOUT)
        if descriptor in self._watched:
            self._sockets.modify(descriptor, interest)
        else:
            self._watched.add(descriptor)
            self._sockets.register(descriptor, interest)

    def _on_timer(self, milliseconds: int) -> None:
        self._due = inf if milliseconds < 0 else self._loop.time() + milliseconds / 1000
        # A timer that goes off too early sets itself again; one for each of libcurl's changes of mind would cost more.
        if self._due < self._rings:
            self._set_timer()

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._rings = self._loop.call_at(self._due, self._on_time), self._due

    # -- what happened

    def _on_time(self) -> None:
        self._timer, self._rings = None, inf
        if self._due > self._loop.time():
            if self._due < inf:
                self._set_timer()
            return
        self._due = inf
        self._act(pycurl.SOCKET_TIMEOUT, 0)
        self._settle()

    def _on_events(self) -> None:
        for descriptor, events in self._sockets.poll(0):
            readable = pycurl.CSELECT_IN if events & ~select.EPOLLOUT else 0
            writable = pycurl.CSELECT_OUT if events & select.EPOLLOUT else 0
            self._act(descriptor, readable | writable)
        self._settle()

    def _act(self, descriptor: int, events: int) -> None:
        try:
            self._multi.socket_action(descriptor, events)
        except pycurl.error as error:  # no transfer would ever end after this
            for done in self._waiting.values():
                if not done.done():
                    done.set_exception(RuntimeError(f"libcurl lost its way: {error}"))

    def _settle(self) -> None:
        _, whole, failed = self._multi.info_read()
        for easy in whole:
            self._finish(easy, None)
        for easy, code, message in failed:
            self._finish(easy, (code, message))

    def _finish(self, easy: pycurl.Curl, error: tuple[int, str] | None) -> None:
        done = self._waiting[easy]
        self._forget(easy)
        if not done.done():
            done.set_result(error)

    def _put_back(self, handle: Handle) -> None:
        if handle.plain and len(self._idle) < self._keep:
            self._idle.append(handle)
        else:
            handle.easy.close()

    def _forget(self, easy: pycurl.Curl) -> None:
        if self._waiting.pop(easy, None) is not None:
            self._multi.remove_handle(easy)


class Line(threading.local):
    """One handle for each thread that asks and waits; its connection is kept between requests."""

    def __init__(self) -> None:
        self.handle = Handle()
