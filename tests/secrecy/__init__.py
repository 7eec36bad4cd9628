"""Every address and every post, for everybody, in every state: nothing that the reader may not see.

`scene` (tests/factories/scene.py) plants the secrets; `law.py` says who may see each; `addresses.py` binds every
address of the program to what it can be asked for, and one without a row there fails. A new place that keeps a secret
gets a secret of its own in the scene and a row in the law.
"""
