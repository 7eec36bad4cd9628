from tests.factories.dossiers import visits

__all__ = ["visits"]
