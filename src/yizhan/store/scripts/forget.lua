local openid, last = ARGV[4], ARGV[5]
local seq = '+inf'
if last then
  seq = redis.call('ZSCORE', at('of', openid), last) or '-inf'
else
  redis.call('DEL', at('follower', openid))
  redis.call('ZREM', base .. 'followers', openid)
end
local keys = redis.call('ZRANGEBYSCORE', at('of', openid), '-inf', seq)
for _, key in ipairs(keys) do
  delete(load(key))
end
return #keys
