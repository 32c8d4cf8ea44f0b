"""The least that Django asks for."""

SECRET_KEY = "of the matrix, where nothing is signed"  # it guards nothing
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "django_urls"
INSTALLED_APPS = ["project"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
