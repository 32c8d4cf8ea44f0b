return redis.call('ZCARD', at('of', ARGV[4]))
