"""`planbook serve`: saves → newest state → the open page. Nothing is written; nothing but the outputs is served.

`watching` notices saves, `previewing` makes the newest state of them (in the thread of `preview_thread`, the PDF in the
process of `printer`), `broadcast` hands it to whoever waits, `app` answers browsers, `server` binds the port and
runs it all.
"""
