from bot import account

from yizhan.mounts.django import mount

urlpatterns = [mount(account)]
