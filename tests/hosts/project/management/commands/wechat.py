from django_command import Command

__all__ = ["Command"]
