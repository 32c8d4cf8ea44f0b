from yizhan.mounts import django


class Command(django.Command):
    target = "bot:account"
