"""Pictures of every screen in every state, from the real screens with synthetic values.

A module here gives ``shots(stage)``: a tuple of ``Shot``; ``every.py`` lists the modules. ``stage.window(screen)`` puts
a screen into the real window, as signed in and within a visit; invented values stand in resources/text/shots.toml, one
section per module (``stage.sample["name"]``). ``python -m app.ui.shots OUTDIR [NAME…]`` writes ``<name>.png``.
The tests walk the same list to find controls without a name.
"""
