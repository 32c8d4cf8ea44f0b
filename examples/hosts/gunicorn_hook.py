def post_worker_init(worker):
    from bot import account

    account.serve_here()
